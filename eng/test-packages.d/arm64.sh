# Sourced by eng/test-packages: the archive for arm64, and its bridge in an emulator of that processor.

if ! command -v qemu-aarch64-static > /dev/null || [ ! -e /usr/aarch64-linux-gnu/include/stdio.h ]; then
  echo "skip arm64: missing: apt-get install gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static"
  skipped=$((skipped + 1))
else
  check "the archive for arm64 is built" quiet env ARCHITECTURE=arm64 BRIDGE="${BRIDGE_ARM64:-}" "$root/eng/tarball" "$scratch/arm64"
  mkdir -p "$new/srv/arm64"
  cp -RL /usr/aarch64-linux-gnu/lib "$(command -v qemu-aarch64-static)" "$new/srv/arm64"
  tar -C "$new/srv/arm64" --strip-components=1 -xzf "$scratch"/arm64/*-arm64.tar.gz
  check "install.sh says that it is for another processor" says "take the archive for it" inside /srv/arm64/install.sh --pg-config "$bin/pg_config"
  # The collector reserves a quarter of a terabyte of addresses unless it has a limit (512 MiB), for which the emulator takes minutes.
  said=$(inside env DOTNET_GCHeapHardLimit=20000000 /srv/arm64/qemu-aarch64-static -L /srv/arm64 \
    /srv/arm64/bridge/daybreak-bridge --version 2>&1)
  check "the bridge for arm64 runs in the emulator: $said" [ "$said" = "daybreak-bridge $release" ]
fi
