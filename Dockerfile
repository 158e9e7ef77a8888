# The fraud pipeline and the Spark it runs on, one image for all: drivers, master and workers are classes of the same
# jars, laid out as a Spark home. Built by docker-compose.yml, which names the images it stands on.
ARG MAVEN_IMAGE
ARG JRE_IMAGE

# The POMs of all modules, and nothing else, whatever modules there are.
FROM ${MAVEN_IMAGE} AS poms
WORKDIR /workbook
COPY . .
RUN find . -type f ! -name pom.xml -delete && find . -type d -empty -delete

# The libraries by themselves: they seldom change, and are not fetched again as long as no POM does.
FROM ${MAVEN_IMAGE} AS libraries
WORKDIR /workbook
COPY --from=poms /workbook ./
RUN mvn -B -ntp -pl capstone -am -DskipTests \
    package dependency:copy-dependencies -DincludeScope=runtime -DexcludeGroupIds=workbook

FROM libraries AS build
COPY . .
RUN mvn -B -ntp -pl capstone -am -DskipTests \
    package dependency:copy-dependencies -DincludeScope=runtime

FROM ${JRE_IMAGE}
# Hadoop wants a user with a name. A volume takes over the owner of the folder it is mounted on.
RUN useradd --uid 10001 --create-home fraud && install --directory --owner=fraud --group=fraud /data
ENV SPARK_HOME=/opt/spark SPARK_SCALA_VERSION=2.13 SPARK_WORKER_DIR=/home/fraud/work PATH=/opt/spark/bin:$PATH \
    LANG=C.UTF-8
COPY cluster/spark-class cluster/answers /opt/spark/bin/
COPY cluster/spark-defaults.conf /opt/spark/conf/
COPY --from=libraries /workbook/capstone/target/dependency/ /opt/spark/jars/
COPY --from=build /workbook/capstone/target/dependency/*-SNAPSHOT.jar /workbook/capstone/target/*-SNAPSHOT.jar \
    /opt/spark/jars/
USER fraud
WORKDIR /home/fraud
ENTRYPOINT ["spark-class"]
