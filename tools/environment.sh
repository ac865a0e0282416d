# What every Python of this project starts with; read by the Makefile and tools/setup.sh (`.`, not run).
# A user's own Python settings stay outside. The loader reads its path when a process starts, and macOS
# strips it from whatever a system program such as make hands on, so it is set here, in the last shell.
unset PYTHONHOME PYTHONPATH PYTHONSAFEPATH PYTHONDONTWRITEBYTECODE
export PYTHONUTF8=1
if [ -d /System/Library/CoreServices ]; then # macOS, told without starting a program
    brew=$(brew --prefix 2>/dev/null || echo /usr/local)
    export DYLD_FALLBACK_LIBRARY_PATH="${DYLD_FALLBACK_LIBRARY_PATH:-$brew/lib:/usr/lib}"
elif [ -d .system/lib ]; then
    export LD_LIBRARY_PATH="$PWD/.system/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
fi
