package io.tenantry.books;

import io.tenantry.ledger.Ledger.AccountKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Charts of accounts that are common in Germany. What they propose is data, and each reseller may say otherwise. */
public enum DatevChart {
    SKR03,
    SKR04;

    /** The one of that name. */
    public static Optional<DatevChart> named(String name) {
        return Arrays.stream(values())
                .filter(chart -> chart.name().equals(name))
                .findFirst();
    }

    /** The accounts that are proposed, with as many digits: longer ones have zeros behind, as at DATEV. */
    public Map<AccountKind, String> accounts(int digits) {
        try (var file = DatevChart.class.getResourceAsStream("datev-charts.csv")) {
            if (file == null) {
                throw new IllegalStateException("datev-charts.csv is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(";", -1))
                    .filter(parts -> parts[0].equals(name()))
                    .collect(Collectors.toMap(
                            parts -> AccountKind.valueOf(parts[1]),
                            parts -> parts[2] + "0".repeat(Math.max(0, digits - parts[2].length()))));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** As the header of a file names it. */
    String number() {
        return name().substring("SKR".length());
    }
}
