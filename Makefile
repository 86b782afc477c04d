# The two commands: `make run` shows a deal on this machine, `make test` passes the tests. Each installs what it needs.
.PHONY: help run test check bench profile format lint build golden simulate system python
.DEFAULT_GOAL := help

# Tests of real processes, sockets and sandboxes: one after the other, so that none starves another of the machine.
REAL := ^(ClientTests|SandboxTests|ProviderTests|NodeTests|HTTPSurfaceTests|EndToEndTests)\.

PYTHON := $(CURDIR)/.build-python/bin/python3
export PYTHON

help: ## Show what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-10s %s\n", $$1, $$2 }'

run: system ## Build in release mode, run a network with a provider, and buy a trained classifier on it
	swift build -c release --product relay
	.build/release/relay dev --demo

test: system python ## Run all tests
	swift build --build-tests
	swift test --skip-build --skip '$(REAL)'
	swift test --skip-build --no-parallel --filter '$(REAL)'

check: lint test ## Everything that a change must pass

bench: system ## Measure the relay beside its peers: make bench BENCH='--rows deals --seconds 10'
	Scripts/install-benchmarks
	swift build -c release --product relay
	swift build -c release --product relay-benchmarks
	.build/release/relay-benchmarks --output Benchmarks/results $(BENCH)

profile: system ## Show where a node under load spends its time
	swift build -c release --product relay
	swift build -c release --product relay-benchmarks
	Scripts/profile

build: system ## Build in debug mode
	swift build

format: ## Format the sources in place
	swift format --in-place --recursive Package.swift Sources Tests Benchmarks/Sources

lint: ## Complain about sources that are not formatted
	swift format lint --strict --recursive Package.swift Sources Tests Benchmarks/Sources

golden: system ## Approve the present surface and encodings as the golden ones
	APPROVE_GOLDEN=1 swift test --filter 'ChainTests.SurfaceTests|schemasAreGolden|textIsGolden'

simulate: system ## Run the ledger's simulation with a seed of one's own: make simulate SEED=7
	SEED=$(SEED) swift test --filter Simulation

system: ## Install the Debian packages that the build and the demonstration need
	@Scripts/install-packages

python: ## Install the Python packages that the tests compare against
	@Scripts/install-python
