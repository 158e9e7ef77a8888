# Sourced by the tests that need a Docker engine. They set `place`, a scratch folder.
passed=0 failed=0
engine=''  # the process of one that was started here
within=()  # puts a command in front of it

ok() { passed=$((passed + 1)); echo "ok      $1"; }

# check <what> <expected exit code> <expected part of the output> <command…>
check() {
  local what=$1 code=$2 part=$3 output actual=0
  shift 3
  output=$("$@" 2>&1 < /dev/null) || actual=$?
  if [[ $actual == "$code" && $output == *"$part"* ]]; then
    ok "$what"
  else
    failed=$((failed + 1))
    echo "FAILED  $what: expected exit code $code and \"$part\", got $actual and:"
    printf '%s\n' "$output" | tail -n 40 | sed 's/^/          /'
  fi
}

# Whether an engine can be started here.
can_start_engine() { [[ $EUID == 0 ]] && type -P docker dockerd tini ip unshare nsenter > /dev/null; }

# An engine in namespaces of its own: neither its network, its mounts nor its processes are seen outside, and all of
# them end with the first process.
start_engine() {
  unshare --mount --net --cgroup --pid --fork --mount-proc --kill-child tini -- bash -c '
    set -e
    mount -t sysfs sysfs /sys
    mount -t cgroup2 cgroup2 /sys/fs/cgroup
    mount -t tmpfs tmpfs /run
    mkdir -p /etc/docker
    mount -t tmpfs tmpfs /etc/docker  # neither the settings nor the key of the machine'"'"'s own engine
    ip link set lo up
    dockerd --data-root "$1"
    find /sys/fs/cgroup/docker -depth -type d -exec rmdir {} + 2> /dev/null
  ' - "$place/docker" > "$place/dockerd.log" 2>&1 &
  engine=$!
  local first
  for _ in $(seq 100); do
    first=$(cat "/proc/$engine/task/$engine/children" 2> /dev/null) || break
    within=(nsenter --target "${first% }" --mount --net --cgroup --pid --wd="$PWD")
    [[ -n $first ]] && "${within[@]}" docker info > /dev/null 2>&1 && return
    sleep 0.2
  done
  return 1
}

# Ends the engine that was started here, if one was.
stop_engine() {
  [[ -n $engine ]] || return 0
  "${within[@]}" sh -c 'kill "$(cat /var/run/docker.pid)"' 2> /dev/null || true
  for _ in $(seq 100); do
    kill -0 "$engine" 2> /dev/null || break
    sleep 0.1
  done
  kill -KILL "$engine" 2> /dev/null || true
  wait "$engine" 2> /dev/null || true
}

# Whether the engine has an image, or can fetch it.
has_image() {
  "${within[@]}" docker image inspect "$1" > /dev/null 2>&1 ||
    timeout 600 "${within[@]}" docker pull -q "$1" > /dev/null 2>&1
}

# Puts what makes an image of apache/kafka a broker into the root of an image: Maven's jars, and the entry point.
add_kafka() {
  local root=$1
  mkdir -p "$place/broker" "$root"/{tmp,mnt/shared/config,etc/kafka/docker,opt/kafka/config}
  cp pom.xml "$place/"
  cat > "$place/broker/pom.xml" <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <parent>
    <groupId>workbook</groupId>
    <artifactId>workbook</artifactId>
    <version>1.0-SNAPSHOT</version>
  </parent>
  <artifactId>broker</artifactId>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>kafka_${scala.binary.version}</artifactId>
    </dependency>
    <dependency>
      <groupId>org.apache.logging.log4j</groupId>
      <artifactId>log4j-slf4j2-impl</artifactId>
      <version>${log4j.version}</version>
    </dependency>
  </dependencies>
</project>
POM
  mvn -B -ntp -f "$place/broker/pom.xml" dependency:copy-dependencies -DoutputDirectory="$root/opt/kafka/libs" \
    > "$place/maven.log" 2>&1 || { cat "$place/maven.log" >&2; return 1; }

  touch "$root"/etc/kafka/docker/{server.properties,log4j2.yaml,tools-log4j2.yaml}
  cat > "$root/etc/kafka/docker/run" <<'RUN'
#!/bin/bash
set -e
# Java 17 stumbles over the control groups of an engine inside namespaces.
java() { command java -XX:-UseContainerSupport -Dlog4j2.level=INFO -cp '/opt/kafka/libs/*' "$@"; }
java kafka.docker.KafkaDockerWrapper setup -D /etc/kafka/docker -M /mnt/shared/config -F /opt/kafka/config
java kafka.Kafka /opt/kafka/config/server.properties
RUN
  chmod +x "$root/etc/kafka/docker/run"
}
