package io.tenantry.billing.accounting;

import io.tenantry.kernel.csv.CsvLine;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Charts of accounts that are common in Germany. They only provide defaults, which each reseller may override. */
public enum DatevChart {
    SKR03,
    SKR04;

    /** Returns the chart with this name. */
    public static Optional<DatevChart> named(String name) {
        return Arrays.stream(values())
                .filter(chart -> chart.name().equals(name))
                .findFirst();
    }

    /** Returns the proposed accounts with this number of digits: longer numbers are padded with trailing zeros, as at DATEV. */
    public Map<AccountKind, String> accounts(int digits) {
        try (var file = DatevChart.class.getResourceAsStream("datev-charts.csv")) {
            if (file == null) {
                throw new IllegalStateException("datev-charts.csv is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> CsvLine.cells(line).orElseThrow())
                    .filter(cells -> cells.get(0).equals(name()))
                    .collect(Collectors.toMap(
                            cells -> AccountKind.valueOf(cells.get(1)), cells -> padded(cells.get(2), digits)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String padded(String account, int digits) {
        return account + "0".repeat(Math.max(0, digits - account.length()));
    }

    /** The chart's number in the header of a file. */
    String number() {
        return name().substring("SKR".length());
    }
}
