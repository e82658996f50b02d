# Sourced by eng/test-packages: builds the image from the root directory in the place of the official image, and calls from its server.

# Some machines have cgroups that crun does not take, or limits that they may not raise.
containers= runs=
storage=overlay
[ "$(stat -f -c %T "$scratch")" != overlayfs ] || storage=vfs
podman_by() {
  podman --storage-driver "$storage" --root "$scratch/containers" --runroot "$scratch/containers-run" --cgroup-manager=cgroupfs --runtime "$1" "${@:2}"
}
remove_containers() {
  podman_by "$containers" rm -af > /dev/null 2>&1
  podman_by "$containers" rmi -af > /dev/null 2>&1
  umount "$scratch/containers/overlay" 2> /dev/null
}
# run_container OPTION...
run_container() { podman_by "$containers" run --network=host --ulimit nofile=1024:1024 --ulimit nproc=4096:4096 "$@"; }

if ! command -v podman > /dev/null; then
  echo "skip container: podman is missing: apt-get install podman runc"
  skipped=$((skipped + 1))
else
  inside sh -c 'rm -rf /var/lib/postgresql/* /packages /later /tmp/*; apt-get clean'
  for runtime in crun runc; do
    command -v "$runtime" > /dev/null || continue
    containers=$runtime
    podman_by "$runtime" image exists localhost/base ||
      tar -C "$new" --one-file-system --exclude=./proc/* --exclude=./sys/* --exclude=./dev/* -c . |
      podman_by "$runtime" import --change "ENV PG_MAJOR=$major" \
        --change "ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/postgresql/$major/bin" - localhost/base > "$scratch/container.log" 2>&1
    run_container --rm localhost/base true >> "$scratch/container.log" 2>&1 && runs=yes && break
  done
  if [ -z "$runs" ]; then
    echo "skip container: this machine cannot run one: $(tail -n 1 "$scratch/container.log")"
    skipped=$((skipped + 1))
  else
    check "the image is built" quiet podman_by "$containers" build --network=host --ulimit nofile=1024:1024 --ulimit nproc=4096:4096 \
      -f "$root/eng/container/Containerfile" --build-arg BASE=localhost/base -t localhost/daybreak "$scratch/first"
    container_port=$(free_port 5470)
    quiet run_container -d --name server --user postgres -e AWS_ACCESS_KEY_ID=AKIDEXAMPLE -e AWS_SECRET_ACCESS_KEY=very-secret-key \
      -e AWS_REGION=us-east-1 localhost/daybreak sh -c "initdb -D /var/lib/postgresql/data && exec postgres -D /var/lib/postgresql/data \
      -p $container_port -c aws_lambda.endpoint_override=http://127.0.0.1:$(cat "$scratch/endpoint")"
    in_server() { podman_by "$containers" exec server "$@"; }
    until in_server psql -X -p "$container_port" -qAtc 'SELECT 1' > /dev/null 2>&1; do
      [ "$(podman_by "$containers" inspect -f '{{.State.Running}}' server 2> /dev/null)" = true ] || break
      sleep 0.5
    done
    in_server psql -X -q -p "$container_port" -f /docker-entrypoint-initdb.d/10-aws-lambda.sql > "$scratch/container.log" 2>&1
    said=$(in_server psql -X -p "$container_port" -qAt -c "$call" 2>&1)
    check "its server calls: $said" [ "$said" = '200|{"n":1}' ]
    check "and counts the call" [ "$(in_server psql -X -p "$container_port" -qAtc 'SELECT calls FROM daybreak.stat_invocations' 2>&1)" = 1 ]
  fi
fi
