# One image for the fraud pipeline, the recommender and Spark: drivers, master and workers are classes of the same jars, in
# the layout of a Spark home. docker-compose.yml builds it and sets the base images.
ARG MAVEN_IMAGE
ARG JRE_IMAGE

# The POMs of all modules, and nothing else.
FROM ${MAVEN_IMAGE} AS poms
WORKDIR /workbook
COPY . .
RUN find . -type f ! -name pom.xml -delete && find . -type d -empty -delete

# The libraries in their own layer: they are downloaded again only if a POM changes.
FROM ${MAVEN_IMAGE} AS libraries
WORKDIR /workbook
COPY --from=poms /workbook ./
RUN mvn -B -ntp -pl capstone,recommender -am -DskipTests \
    package dependency:copy-dependencies -DincludeScope=runtime -DexcludeGroupIds=workbook

FROM libraries AS build
COPY . .
RUN mvn -B -ntp -pl capstone,recommender -am -DskipTests \
    package dependency:copy-dependencies -DincludeScope=runtime

FROM ${JRE_IMAGE}
# Hadoop requires a named user. A new volume gets the owner of the folder it is mounted on.
RUN useradd --uid 10001 --create-home fraud && install --directory --owner=fraud --group=fraud /data
ENV SPARK_HOME=/opt/spark SPARK_SCALA_VERSION=2.13 SPARK_WORKER_DIR=/home/fraud/work PATH=/opt/spark/bin:$PATH \
    LANG=C.UTF-8
COPY cluster/spark-class cluster/answers /opt/spark/bin/
COPY cluster/spark-defaults.conf /opt/spark/conf/
COPY --from=libraries /workbook/capstone/target/dependency/ /workbook/recommender/target/dependency/ /opt/spark/jars/
COPY --from=build /workbook/capstone/target/dependency/*-SNAPSHOT.jar /workbook/capstone/target/*-SNAPSHOT.jar \
    /workbook/recommender/target/dependency/*-SNAPSHOT.jar /workbook/recommender/target/*-SNAPSHOT.jar /opt/spark/jars/
USER fraud
WORKDIR /home/fraud
ENTRYPOINT ["spark-class"]
