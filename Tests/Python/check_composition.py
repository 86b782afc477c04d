"""Checks a docker-compose.yml of `relay testnet --docker-compose`: python check_composition.py FOLDER VALIDATORS."""

import pathlib
import sys

import yaml

folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
document = yaml.safe_load((folder / "docker-compose.yml").read_text())
services = document["services"]
numbers = range(1, count + 1)
assert set(services) == {f"{kind}-{n}" for kind in ("relay", "comet") for n in numbers}, services.keys()
assert set(document["networks"]) == {"clients", "peers"} | {f"validator-{n}" for n in numbers}
for n in numbers:
    relay, comet = services[f"relay-{n}"], services[f"comet-{n}"]
    assert document["networks"][f"validator-{n}"]["internal"] is True
    assert relay["networks"] == ["clients", f"validator-{n}"] and comet["networks"] == ["peers", f"validator-{n}"]
    assert relay["ports"] == [f"127.0.0.1:{4019 + n}:4020"] and comet["ports"] == [f"{26655 + n}:26656"]
    assert relay["volumes"] == [f"./validator-{n}/relay:/relay"] and comet["volumes"] == [f"./validator-{n}/comet:/cometbft"]
    for service, file in ((relay, "genesis.json"), (comet, "config/config.toml")):
        assert service["restart"] == "unless-stopped"
        assert (folder / service["volumes"][0].split(":")[0] / file).is_file()
    words = relay["command"]
    assert words[0] == "node" and words[words.index("--comet-rpc") + 1] == f"http://comet-{n}:26657", words
    assert words[words.index("--abci") + 1] == "tcp://0.0.0.0:26658", words
    assert relay["build"]["dockerfile"] == str(folder / "Dockerfile") and comet["depends_on"] == [f"relay-{n}"]
dockerfile = (folder / "Dockerfile").read_text()
assert dockerfile.count("FROM ") == 2 and "swift:6.3-bookworm" in dockerfile
assert ".build*" in (folder / "Dockerfile.dockerignore").read_text().splitlines()
