package workbook.capstone.format;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The formats to choose from. */
public enum Encoding {
    JSON,
    AVRO;

    /** As on the command line: {@code avro}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Converts an option. */
    public static final class Converter implements ITypeConverter<Encoding> {

        @Override
        public Encoding convert(String name) {
            return Stream.of(values())
                    .filter(encoding -> encoding.toString().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + name + "' is none of the formats "
                            + Stream.of(values()).map(Encoding::toString).collect(Collectors.joining(", "))));
        }
    }
}
