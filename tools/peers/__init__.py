"""The chapter as other tools would print it: what ``tools/bench_peers.py`` measures against."""
