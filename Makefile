# The project's commands; each is a script that also runs by itself.
.DEFAULT_GOAL := help
.PHONY: help run test quick format lint bench docs clean

help: ## this list, and what is missing on this machine
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10
	@scripts/doctor

run: ## build, then seat a Friday evening in the browser (scripts/run)
	@scripts/run

test: ## everything that must hold: format, layers, tests, documentation, command line, API, browser, faults (scripts/test)
	@scripts/test

quick: ## the same, up to the unit and integration tests (scripts/test --quick)
	@scripts/test --quick

format: ## format the Swift source in place (scripts/format)
	@scripts/format

lint: ## report format and layer violations, change nothing
	@scripts/format --check
	@scripts/check-layers

bench: ## measure, print a table with the bars, write out/bench.json (scripts/bench)
	@scripts/bench all

docs: ## rewrite what the documentation takes from the code (scripts/docs)
	@scripts/docs

clean: ## remove everything that was built or measured
	swift package clean
	rm -rf out
