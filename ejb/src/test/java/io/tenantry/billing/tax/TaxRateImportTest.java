package io.tenantry.billing.tax;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.tax.TaxComponents.SingleTax;
import io.tenantry.billing.tax.TaxRateImport.Fault;
import io.tenantry.billing.tax.TaxRateImport.Kind;
import io.tenantry.billing.tax.TaxRateImport.Row;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rate tables as people write them, and rates that consist of several taxes. */
class TaxRateImportTest {
    private static final LocalDate DAY = LocalDate.of(2026, 1, 1);

    /** As written by a spreadsheet. */
    @Test
    void readsQuotedFieldsAndPercentSigns() {
        var table = TaxRateImport.of("""
                "Place","Category","Percent","From"
                "US-CA","STANDARD","7.25","2026-01-01"
                "US-NY";"STANDARD";"8,5 %";"2026-01-01"
                US-TX,STANDARD,6.25%,2026-01-01
                US-WA\tSTANDARD\t\u00A06.5\t2026-01-01
                """);
        assertThat(table.faults()).isEmpty();
        assertThat(table.rows())
                .extracting(row -> row.line() + " " + row.place() + " " + row.percent())
                .containsExactly("2 US-CA 7.25", "3 US-NY 8.5", "4 US-TX 6.25", "5 US-WA 6.5");
    }

    @Test
    void readsRatesAndTheirComponents() {
        var table = TaxRateImport.of("""
                \uFEFFPlace,Category,Percent,From
                # of the states

                us-ca,,7.25,2026-01-01
                CA-QC;STANDARD;GST;5;2026-01-01
                CA-QC;STANDARD;QST;+9,5;2026-01-01
                """);

        assertThat(table.faults()).isEmpty();
        assertThat(table.rows())
                .containsExactly(
                        new Row(4, "US-CA", "STANDARD", new BigDecimal("7.25"), TaxComponents.NONE, DAY),
                        new Row(
                                5,
                                "CA-QC",
                                "STANDARD",
                                new BigDecimal("14.975"),
                                new TaxComponents(List.of(
                                        new SingleTax("GST", new BigDecimal("5"), false),
                                        new SingleTax("QST", new BigDecimal("9.5"), true))),
                                DAY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"US-CA\",\"STANDARD\",\"7.25\",\"2026-01-01\"",
                "\"US-CA\",\"STANDARD\",\"7,25\",\"2026-01-01\"",
                "\"us-ca\";\"\";7,25;2026-01-01",
                "US-CA,STANDARD,7.25%,2026-01-01",
                "US-CA;STANDARD;7,25 %;2026-01-01",
                "US-CA\tSTANDARD\t7.25\t2026-01-01",
                "\"Place\",\"Category\",\"Percent\",\"From\"\nUS-CA,STANDARD,7.25,2026-01-01",
            })
    void readsSpreadsheetExports(String text) {
        var table = TaxRateImport.of(text);
        assertThat(table.faults()).isEmpty();
        assertThat(table.rows())
                .extracting(row -> row.place() + " " + row.category() + " " + row.percent() + " " + row.from())
                .containsExactly("US-CA STANDARD 7.25 2026-01-01");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    US-CA;STANDARD;7.25                     | FORMAT
                    US-CALI;STANDARD;7.25;2026-01-01        | PLACE
                    ZZ;STANDARD;7.25;2026-01-01             | PLACE
                    US-CA;Low rate;7.25;2026-01-01          | CATEGORY
                    US-CA;STANDARD;5th=;7.25;2026-01-01     | NAME
                    US-CA;STANDARD;seven;2026-01-01         | PERCENT
                    US-CA;STANDARD;7.12345;2026-01-01       | PERCENT
                    US-CA;STANDARD;-1;2026-01-01            | PERCENT
                    US-CA;STANDARD;+7;2026-01-01            | PERCENT
                    US-CA;STANDARD;7%%;2026-01-01           | PERCENT
                    US-CA;STANDARD;0e-999999999;2026-01-01  | PERCENT
                    US-CA;STANDARD;1e1;2026-01-01           | PERCENT
                    US-CA;STANDARD;"7;2026-01-01            | FORMAT
                    US-CA,STANDARD,7,25,2026-01-01          | NAME
                    US-CA;STANDARD;7;01/31/2026             | DAY
                    US-CA;STANDARD;7;+999999999-01-01       | DAY
                    """)
    void reportsInvalidRowsWithTheirLine(String line, Kind kind) {
        assertThat(TaxRateImport.of("# a table\n" + line).faults()).containsExactly(new Fault(2, kind));
    }

    @Test
    void refusesDuplicatesAndTotalsAboveTheMaximum() {
        assertThat(TaxRateImport.of("US;;5;2026-01-01\nUS;;6;2026-01-01").faults())
                .containsExactly(new Fault(2, Kind.DUPLICATE));
        assertThat(TaxRateImport.of("US;;5;2026-01-01\nUS;;A;6;2026-01-01").faults())
                .containsExactly(new Fault(2, Kind.DUPLICATE));
        assertThat(TaxRateImport.of("US;;A;5;2026-01-01\nUS;;A;6;2026-01-01").faults())
                .containsExactly(new Fault(2, Kind.DUPLICATE));
        assertThat(TaxRateImport.of("US;;A;60;2026-01-01\nUS;;B;60;2026-01-01").faults())
                .containsExactly(new Fault(1, Kind.PERCENT));
        assertThat(TaxRateImport.of("US;;A;5;2026-01-01\nUS;;B;+9.975;2026-01-01")
                        .faults())
                .as("10.47375 percent: more precise than hourly charges")
                .containsExactly(new Fault(1, Kind.PERCENT));
        var tooLong = IntStream.rangeClosed(0, TaxRateImport.LINES_MAX)
                .mapToObj(any -> "#")
                .collect(Collectors.joining("\n"));
        assertThat(TaxRateImport.of(tooLong).faults()).extracting(Fault::kind).containsExactly(Kind.LENGTH);
    }

    @Test
    void roundTripsComponentsWhoseAmountsAddUpToTheTax() {
        var random = new Random(30);
        for (var round = 0; round < 2_000; round++) {
            var split = new TaxComponents(Stream.of("GST", "PST", "City tax")
                    .limit(1 + random.nextInt(3))
                    .map(name ->
                            new SingleTax(name, BigDecimal.valueOf(random.nextInt(1_500), 2), random.nextBoolean()))
                    .toList());
            assertThat(TaxComponents.of(split.text())).isEqualTo(split);
            var base = BigDecimal.valueOf(random.nextInt(2_000_000) - 1_000_000, 4);
            var exact = base.multiply(split.percent()).movePointLeft(2);
            var tax = exact.setScale(2, java.math.RoundingMode.HALF_UP);
            var amounts = split.amounts(base, tax, 2);
            assertThat(amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(tax);
            var before = BigDecimal.ZERO;
            for (var place = 0; place < amounts.size(); place++) {
                var singleTax = split.pieces().get(place);
                var added = singleTax.isCompound() ? base.add(before) : base;
                var alone = added.multiply(singleTax.percent()).movePointLeft(2);
                assertThat(amounts.get(place).subtract(alone).abs()).isLessThan(new BigDecimal("0.01"));
                before = before.add(alone);
            }
        }
        assertThat(TaxComponents.NONE.amounts(BigDecimal.TEN, BigDecimal.ONE, 2))
                .isEmpty();
    }
}
