///usr/bin/env jbang "$0" "$@" ; exit $?
// The entry of `./jbang recommend`: the recommender of lesson 14, trained, streamed and served.
//JAVA 17+
//SOURCES ../kit/spark/src/main/java/workbook/kit/spark/*.java
//SOURCES ../kit/kafka-streams/src/main/java/workbook/kit/kafkastreams/*.java
//SOURCES ../kit/app/src/main/java/workbook/kit/app/*.java
//SOURCES ../solutions/lesson14/src/main/java/lesson14/AlsoBought.java
//SOURCES ../solutions/lesson14/src/main/java/lesson14/ColdStart.java
//SOURCES ../solutions/lesson14/src/main/java/lesson14/RecommendApi.java
//SOURCES ../solutions/lesson14/src/main/java/lesson14/RecommendStream.java
//SOURCES ../check/core/src/main/java/workbook/check/Unsolved.java
//SOURCES src/main/java/workbook/recommend/*.java
//DEPS org.apache.spark:spark-mllib_2.13:4.2.0
//DEPS com.fasterxml.jackson.core:jackson-core:2.21.8
//DEPS com.fasterxml.jackson.core:jackson-databind:2.21.8
//DEPS org.hdrhistogram:HdrHistogram:2.2.2
//MAIN workbook.recommend.Recommend
