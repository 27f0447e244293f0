package io.tenantry.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VatNumberTest {
    /** Of states and of companies that publish theirs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DE136695976", "DE129273398", "ATU13585627", "IT00743110157", "PL8567346215", "BE0428759497",
                        "LU15027442",
                "FR40303265045", "NL004495445B01", "ESB58378431", "IE6433435F", "SE556188840401", "EL094259216",
                        "GB980780684",
                "XI980780684", "CHE107787577MWST", "NO974760673MVA", "PT501964843", "DK13585628", "RO18547290"
            })
    void isAcceptedAsItsStateWritesIt(String number) {
        assertThat(VatNumber.isValid(number)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "DE",
                "136695976",
                "DE13669597",
                "DE1366959766",
                "US123456789",
                "ATU1358562",
                "SE556188840402",
                "GR094259216"
            })
    void isRefusedInAnotherShape(String number) {
        assertThat(VatNumber.isValid(number)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"DE136695976", "ATU13585627", "IT00743110157", "PL8567346215", "BE0428759497", "LU15027442"})
    void isRefusedWithOneDigitMistyped(String number) {
        var first = number.startsWith("ATU") ? 3 : 2;
        assertThat(IntStream.range(first, number.length())
                        .mapToObj(at -> mistyped(number, at))
                        .filter(VatNumber::isValid))
                .isEmpty();
    }

    /** Another digit in its place; Luhn, and others alike, see each such mistake. */
    private static String mistyped(String number, int at) {
        var other = (char) ('0' + (number.charAt(at) - '0' + 1) % 10);
        return number.substring(0, at) + other + number.substring(at + 1);
    }
}
