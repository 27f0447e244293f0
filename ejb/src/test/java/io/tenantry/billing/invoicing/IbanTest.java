package io.tenantry.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IbanTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DE89370400440532013000",
                "DE89 3704 0044 0532 0130 00",
                "de89.3704.0044.0532.0130.00",
                "DE89\u00A03704\u202F0044\u20090532-0130/00",
                "IBAN DE89 3704 0044 0532 0130 00",
                "IBAN: DE89370400440532013000",
                "IBAN-Nr.: DE89 3704 0044 0532 0130 00",
                "IBAN (EUR): DE89 3704 0044 0532 0130 00",
                "Konto: DE89 3704 0044 0532 0130 00",
                "DE89 3704 0044 0532 0130 00 (Commerzbank)",
                "\u201EDE89370400440532013000\u201C",
                "\uFF24\uFF25\uFF18\uFF19370400440532013000"
            })
    void isReadAsItsOwnerWritesIt(String typed) {
        assertThat(Iban.normalized(typed)).isEqualTo("DE89370400440532013000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MT84 MALT 0110 0001 2345 MTLC AST0 01S", "IBAN MT84MALT011000012345MTLCAST001S"})
    void mayEndInLetters(String typed) {
        assertThat(Iban.normalized(typed)).isEqualTo("MT84MALT011000012345MTLCAST001S");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"DE88370400440532013000", "370400440532013000", "DE89 3704 0044 0532 0130", "IBAN", "x\u0000"})
    void isNoneOtherwise(String typed) {
        assertThat(Iban.isValid(Iban.normalized(typed))).isFalse();
    }
}
