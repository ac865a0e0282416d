# Two commands do everything, also on a new machine: `make report` and `make test` (docs/set-up.md).
.DEFAULT_GOAL := help
.PHONY: help report check test bench torture audit fonts lock confirm doctor setup setup-test setup-bench clean distclean

# ARGS is handed on:  make report ARGS="--json"
ARGS =

python = . tools/environment.sh && .venv/bin/python
tool = . tools/environment.sh && PYTHONPATH=. .venv/bin/python
title = @printf '\n== %s\n'

help: ## list these commands · 列出全部命令
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1@\2/p' Makefile | awk -F@ '{ printf "%-18s %s\n", $$1, $$2 }'

report: setup ## build all chapters into output/ · 生成全部章节到 output/
	@$(python) -S build.py report $(ARGS)

check: setup ## check the records without building · 只核对数据，不生成页面
	@$(python) build.py check $(ARGS)

test: setup-test ## run every test of the toolkit · 运行全部测试
	$(title) 'ruff check'
	@$(python) -m ruff check .
	$(title) 'ruff format --check'
	@$(python) -m ruff format --check .
	$(title) 'mypy --strict'
	@$(python) -m mypy --strict yearbook figures build.py tools tests
	$(title) 'lint-imports'
	@$(python) .venv/bin/lint-imports
	$(title) 'pytest'
	@$(python) -m pytest -n 2 $(ARGS)

bench: setup-bench ## measure what the documentation claims · 测量文档所载的各项指标
	@for file in tools/bench_*.py; do \
	  printf '\n== %s\n' "$$file"; \
	  $(tool) "$$file" $(ARGS) || exit 1; \
	done

torture: setup-test ## attack and kill it for long · 长时间攻击与中断试验
	@failed=0; for tool in tools/torture_*.py tools/fuzz_*.py; do \
	  [ ! -f "$$tool" ] || ($(tool) "$$tool" $(ARGS)) || failed=1; \
	done; exit $$failed

audit: setup ## compare the packages with known advisories · 对照安全公告核查软件包
	@$(python) tools/audit_packages.py $(ARGS)

fonts: setup ## make the fonts of the book again · 重新生成书用字体
	@$(python) tools/make_fonts.py $(ARGS)

# uv serves only here and stays out of .venv; ARGS=--upgrade takes newer versions.
lock: setup ## choose and lock the package versions · 重新锁定软件包版本
	@$(python) -m pip install --quiet --disable-pip-version-check --upgrade --target .yearbook/uv uv
	@for name in run test bench audit; do \
	  .yearbook/uv/bin/uv pip compile --universal --fork-strategy fewest --python-version 3.11 \
	    --generate-hashes --no-emit-index-url --no-emit-find-links --quiet \
	    --custom-compile-command "make lock" $(ARGS) "locks/$$name.in" -o "locks/$$name.txt" || exit 1; \
	done

confirm: setup ## record that both languages say the same · 确认译文与原文一致
	@$(python) build.py confirm $(ARGS)

doctor: setup ## tell what is amiss on this machine · 检查本机环境
	@$(python) build.py doctor $(ARGS)

setup: ## make ready what report needs · 准备生成所需的环境
	@sh tools/setup.sh run

setup-test: ## make ready what test needs · 准备测试所需的环境
	@sh tools/setup.sh test

setup-bench: ## make ready what bench needs · 准备测量所需的环境
	@sh tools/setup.sh bench

clean: ## remove what was built · 清除生成的内容
	@rm -rf output .yearbook

distclean: clean ## remove what was set up, too · 连同环境一并清除
	@rm -rf .venv .system .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
