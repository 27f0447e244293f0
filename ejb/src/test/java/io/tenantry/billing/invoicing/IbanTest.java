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
    void normalizesTypedIbans(String typed) {
        assertThat(Iban.normalized(typed)).isEqualTo("DE89370400440532013000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MT84 MALT 0110 0001 2345 MTLC AST0 01S", "IBAN MT84MALT011000012345MTLCAST001S"})
    void normalizesIbansWithLetters(String typed) {
        assertThat(Iban.normalized(typed)).isEqualTo("MT84MALT011000012345MTLCAST001S");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"DE88370400440532013000", "370400440532013000", "DE89 3704 0044 0532 0130", "IBAN", "x\u0000"})
    void rejectsInvalidIbans(String typed) {
        assertThat(Iban.isValid(Iban.normalized(typed))).isFalse();
    }

    /** Correct check digits, but the length or the letters of no account of the country, or no country that has IBANs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DE5137040044053201300",
                "DE543704004405320130001",
                "ZZ8137040044053201300",
                "DE06ABCDEFGHIJKLMNOPQR",
                "US64370400440532013000"
            })
    void rejectsIbansWithoutTheStructureOfTheirCountry(String typed) {
        assertThat(Iban.isValid(Iban.normalized(typed))).isFalse();
    }

    /** Examples of the IBAN registry. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "AD1200012030200359100100",
                "AT611904300234573201",
                "BE68539007547034",
                "CH9300762011623852957",
                "CZ6508000000192000145399",
                "DK5000400440116243",
                "ES9121000418450200051332",
                "FI2112345600000785",
                "FR1420041010050500013M02606",
                "GB29NWBK60161331926819",
                "GR1601101250000000012300695",
                "HU42117730161111101800000000",
                "IE29AIBK93115212345678",
                "IT60X0542811101000000123456",
                "LI21088100002324013AA",
                "LT121000011101001000",
                "LU280019400644750000",
                "LV80BANK0000435195001",
                "MC5811222000010123456789030",
                "NL91ABNA0417164300",
                "NO9386011117947",
                "PL61109010140000071219812874",
                "PT50000201231234567890154",
                "RO49AAAA1B31007593840000",
                "SE4550000000058398257466",
                "SI56263300012039086",
                "SK3112000000198742637541",
                "SM86U0322509800000000270100",
                "TR330006100519786457841326",
                "UA213223130000026007233566001"
            })
    void acceptsTheExamplesOfTheRegistry(String iban) {
        assertThat(Iban.isValid(iban)).isTrue();
    }
}
