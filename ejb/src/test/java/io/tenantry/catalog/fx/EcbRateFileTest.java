package io.tenantry.catalog.fx;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.catalog.fx.EcbRateFile.Kind;
import io.tenantry.catalog.fx.EcbRateFile.RateRow;
import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

class EcbRateFileTest {
    private static final String DAILY = """
            <?xml version="1.0" encoding="UTF-8"?>
            <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
              <gesmes:subject>Reference rates</gesmes:subject>
              <Cube>
                <Cube time='2026-10-30'>
                  <Cube currency='USD' rate='1.0812'/>
                  <Cube currency='JPY' rate='163.4'/>
                </Cube>
                <Cube time='2026-10-29'>
                  <Cube currency='USD' rate='1.08'/>
                </Cube>
              </Cube>
            </gesmes:Envelope>
            """;

    @Test
    void readsXmlOfSeveralDays() {
        assertThat(rates(DAILY))
                .containsExactly("USD 2026-10-30 1.0812", "JPY 2026-10-30 163.4", "USD 2026-10-29 1.08");
    }

    @Test
    void readsCsvOfOneOrSeveralDays() {
        assertThat(rates("Date, USD, JPY, \n30 October 2026, 1.0812, 163.4, \n"))
                .containsExactly("USD 2026-10-30 1.0812", "JPY 2026-10-30 163.4");
        assertThat(rates("Date,USD,CYP,\n2026-10-30,1.0812,N/A,\n2026-10-29,1.08,N/A,\n"))
                .containsExactly("USD 2026-10-30 1.0812", "USD 2026-10-29 1.08");
    }

    @Test
    void readsQuotedCellsAndHeadingsOfTheDataPortal() {
        assertThat(rates("\"Date\",\"USD\"\n\"2026-10-30\",\"1.0812\"\n")).containsExactly("USD 2026-10-30 1.0812");
        assertThat(rates("\uFEFFDate;USD;JPY\r\n2026-10-30;1.0812;163.4\r\n"))
                .containsExactly("USD 2026-10-30 1.0812", "JPY 2026-10-30 163.4");
        assertThat(rates("Date\tUSD\n2026-10-30\t1.0812\n")).containsExactly("USD 2026-10-30 1.0812");
        assertThat(rates("""
                "DATE","TIME PERIOD","US dollar/Euro (EXR.D.USD.EUR.SP00.A)"
                "2026-10-30","30 Oct 2026","1.0812"
                "2026-10-31","31 Oct 2026",""
                """)).containsExactly("USD 2026-10-30 1.0812");
        assertThat(EcbRateFile.of("\"Date\",\"USD\"\n\"2026-10-30\",\"1.0812\n\"2026-10-29\",\"1.08\"")
                        .faults())
                .as("an unclosed quotation mark affects only its line")
                .extracting(fault -> fault.line() + " " + fault.kind())
                .containsExactly("2 FORMAT");
        assertThat(EcbRateFile.of("Date;USD\n2026-10-30;1,0812\n").faults())
                .as("a decimal comma is not guessed")
                .extracting(fault -> fault.line() + " " + fault.kind())
                .containsExactly("2 RATE");
    }

    @Test
    void readsQuotedFields() {
        assertThat(rates("\uFEFF\"Date\",\"USD\",\"JPY\"\r\n\"2026-10-30\",\"1.0812\",\"163.4\"\r\n"))
                .containsExactly("USD 2026-10-30 1.0812", "JPY 2026-10-30 163.4");
    }

    @Test
    void reportsFaultsWithTheirLine() {
        assertThat(EcbRateFile.of("").faults())
                .extracting(EcbRateFile.Fault::kind)
                .containsExactly(Kind.FORMAT);
        assertThat(EcbRateFile.of("hello").faults())
                .extracting(EcbRateFile.Fault::kind)
                .containsExactly(Kind.FORMAT);
        assertThat(EcbRateFile.of("<Cube time='2026-10-30'>").faults())
                .extracting(EcbRateFile.Fault::kind)
                .containsExactly(Kind.FORMAT);
        assertThat(EcbRateFile.of("Date,USD,EUR\n2026-13-01,1,1\n2026-10-30,-1,\n2026-10-30,0,\n2026-10-30,1e3,\n")
                        .faults())
                .extracting(fault -> fault.line() + " " + fault.kind())
                .containsExactly(
                        "2 DAY", "2 CURRENCY", "3 RATE", "3 CURRENCY", "4 RATE", "4 CURRENCY", "5 RATE", "5 CURRENCY");
    }

    @Test
    void resolvesNoExternalEntities() {
        var hostile = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><Cube time='2026-10-30'>"
                + "<Cube currency='USD' rate='&e;'/></Cube>";
        assertThat(EcbRateFile.of(hostile).rates()).isEmpty();
        assertThat(EcbRateFile.of(hostile).faults()).isNotEmpty();
    }

    @Test
    void roundsCrossRatesToTenDecimalsAndAmountsToTheUnit() {
        var rate = ExchangeRate.across(
                Currency.getInstance("USD"),
                new BigDecimal("1.0812"),
                Currency.getInstance("JPY"),
                new BigDecimal("163.4"),
                LocalDate.of(2026, 10, 30),
                "ECB");
        assertThat(rate.perHome()).isEqualByComparingTo("151.1283758787");
        assertThat(rate.coins(Money.of("979", "JPY"))).isEqualTo(Money.of("6.48", "USD"));
        assertThat(rate.abroad(Money.of("5", "USD"))).isEqualTo(Money.of("756", "JPY"));
        assertThat(rate.exactly(Money.of("979", "JPY"))).isEqualTo(Money.of("6.47793635", "USD"));
    }

    @Test
    void demoRatesCoverWorkingDays() {
        var file = EcbRateFile.of(new DemoRates().since(LocalDate.of(2026, 10, 29), LocalDate.of(2026, 11, 2)));
        assertThat(file.faults()).isEmpty();
        assertThat(file.rates())
                .extracting(RateRow::day)
                .containsOnly(LocalDate.of(2026, 10, 30), LocalDate.of(2026, 11, 2));
        assertThat(file.rates()).extracting(RateRow::currency).contains("USD", "JPY");
    }

    private static List<String> rates(String text) {
        var file = EcbRateFile.of(text);
        assertThat(file.faults()).isEmpty();
        return file.rates().stream()
                .map(rateRow -> rateRow.currency() + " " + rateRow.day() + " "
                        + rateRow.perEuro().stripTrailingZeros().toPlainString())
                .toList();
    }
}
