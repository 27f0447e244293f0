package io.tenantry.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VatNumberTest {
    /** Numbers of states and of companies that publish theirs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DE136695976",
                "DE129273398",
                "IE6388047V",
                "IE8256796U",
                "IE9700053D",
                "IE9740425P",
                "IE9692928F",
                "IE4749148U",
                "IE6433435OA",
                "IE8D79739I",
                "LU20260743",
                "LU26375245",
                "DE812871812",
                "DE815563912",
                "DE123475223",
                "DE143454214",
                "FR22424761419",
                "FR35433115904",
                "FR89380129866",
                "FR23334175221",
                "FR4Z123456782",
                "NL805734958B01",
                "NL000099998B57",
                "SE556703748501",
                "SE556016068001",
                "FI01120389",
                "FI20774740",
                "DK24256790",
                "DK22756214",
                "DK47458714",
                "DK10403782",
                "ESA82018474",
                "ESA15075062",
                "ESA39000013",
                "ESA28017895",
                "ES54362315K",
                "ESX2482300W",
                "ESX5253868R",
                "ESJ99216582",
                "PT500697256",
                "PT504499777",
                "IT00934061003",
                "IT15844561009",
                "IT00905811006",
                "GB727255821",
                "GB220430231",
                "GB333289454",
                "ATU14189108",
                "ATU33864707",
                "CZ00177041",
                "CZ45274649",
                "CZ25123891",
                "SK7020000262",
                "SK2020317068",
                "SK2022749619",
                "SI82646716",
                "SI50223054",
                "HR27759560625",
                "HR33392005961",
                "HU10537914",
                "HU10625790",
                "HU12892312",
                "PL5260250995",
                "PL5272525995",
                "EE102090374",
                "EE100931558",
                "EE100594102",
                "RO1590082",
                "RO2816464",
                "LV40003032949",
                "LV40003245752",
                "LV40003521600",
                "LT100004278519",
                "LT119511515",
                "LT100001919017",
                "LT100004801610",
                "EL094019245",
                "EL090000045",
                "NO923609016MVA",
                "NO982463718MVA",
                "NO995525828MVA",
                "CHE105909036",
                "CHE101654423MWST",
                "BE0202239951",
                "BE0417497106",
                "MT11679112",
                "BG175074752",
                "CY10259033P",
                "BG831642181",
                "BG000694037",
                "XI980780684",
                "GBGD001",
                "GBHA599",
                "ATU13585627",
                "IT00743110157",
                "PL8567346215",
                "BE0428759497",
                "LU15027442",
                "FR40303265045",
                "NL004495445B01",
                "ESB58378431",
                "IE6433435F",
                "SE556188840401",
                "EL094259216",
                "GB980780684",
                "XI980780684",
                "CHE107787577MWST",
                "NO974760673MVA",
                "PT501964843",
                "DK13585628",
                "RO18547290"
            })
    void acceptsTheFormatsOfEachState(String number) {
        assertThat(VatNumber.isValid(number)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "DE", "136695976", "DE13669597", "DE1366959766", "US123456789", "ATU1358562", "GR094259216"})
    void refusesOtherFormats(String number) {
        assertThat(VatNumber.isValid(number)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ATU13585627",
                "BE0428759497",
                "BG175074752",
                "CHE107787577MWST",
                "CY10259033P",
                "CZ25123891",
                "DE136695976",
                "DK13585628",
                "EE100594102",
                "EL094259216",
                "ESA82018474",
                "ES54362315K",
                "ESX2482300W",
                "FI20774740",
                "FR40303265045",
                "GB980780684",
                "HR33392005961",
                "HU12892312",
                "IE6433435F",
                "IE6433435OA",
                "IE8D79739I",
                "IT00743110157",
                "LT119511515",
                "LT100001919017",
                "LU15027442",
                "LV40003521600",
                "MT11679112",
                "NL004495445B01",
                "NL000099998B57",
                "NO974760673MVA",
                "PL8567346215",
                "PT501964843",
                "RO18547290",
                "SE556188840401",
                "SI50223054",
                "XI980780684"
            })
    void refusesOneMistypedDigit(String number) {
        // The last two digits of Dutch companies and of Swedes count establishments.
        var end = number.matches("NL0044.*|SE.*") ? number.length() - 2 : number.length();
        assertThat(IntStream.range(2, end)
                        .filter(at -> Character.isDigit(number.charAt(at)))
                        .mapToObj(at -> mistyped(number, at))
                        .filter(VatNumber::isValid))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"FR00303265045", "FR41303265045", "SK2022749618", "NL004495446B01", "ESB58378432", "IE6433435E"})
    void refusesAWrongCheckDigit(String number) {
        assertThat(VatNumber.isValid(number)).isFalse();
        assertThat(VatNumber.fault(number)).isEqualTo(VatNumber.Fault.CHECK_DIGIT);
    }

    /** Zeros have correct check digits in many states, but no state assigns them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ATU00000000",
                "BE0000000000",
                "BE0000000097",
                "BG000000000",
                "BG0000000000",
                "CHE000000000",
                "CHE000000000MWST",
                "CY00000000W",
                "CZ00000000",
                "CZ000000000",
                "DE000000000",
                "DK00000000",
                "EE000000000",
                "EL000000000",
                "ES00000000T",
                "ESA00000000",
                "FI00000000",
                "FR00000000000",
                "FR12000000000",
                "FRAA000000000",
                "GB000000000",
                "GB000000000001",
                "HR00000000000",
                "HU00000000",
                "IE0000000W",
                "IT00000000000",
                "LT000000000",
                "LT000000000000",
                "LU00000000",
                "LV00000000000",
                "MT00000000",
                "NL000000000B01",
                "NL000000000B00",
                "NO000000000",
                "NO000000000MVA",
                "PL0000000000",
                "PT000000000",
                "RO00",
                "RO0000000000",
                "SE000000000001",
                "SI00000000",
                "SK0000000000",
                "XI000000000"
            })
    void refusesZeros(String number) {
        assertThat(VatNumber.isValid(number)).isFalse();
        assertThat(VatNumber.fault(number)).isEqualTo(VatNumber.Fault.CHECK_DIGIT);
    }

    /** A Swedish number ends with 01, also that of a group. */
    @ParameterizedTest
    @ValueSource(strings = {"SE556188840400", "SE556188840402", "SE556188840410", "SE5561888404", "SE55618884041"})
    void requiresTheEndOfSwedishNumbers(String number) {
        assertThat(VatNumber.isValid(number)).isFalse();
        assertThat(VatNumber.fault(number)).isEqualTo(VatNumber.Fault.FORMAT);
    }

    /** The key of a French number is 12 plus three times the remainder of the SIREN by 97, by 97. */
    @ParameterizedTest
    @CsvSource({"303265045, 40", "380129866, 89", "433115904, 35", "424761419, 22", "334175221, 23"})
    void computesTheKeyOfFrenchNumbers(long siren, int key) {
        assertThat((12 + 3 * (siren % 97)) % 97).isEqualTo(key);
        assertThat(IntStream.range(0, 100)
                        .filter(other -> VatNumber.isValid(String.format(Locale.ROOT, "FR%02d%09d", other, siren))))
                .containsExactly(key);
    }

    /** The key of Dutch sole traders is that of the whole number with its letters; that of companies is not. */
    @ParameterizedTest
    @CsvSource({
        "NL000099998B57, true",
        "NL000099998B58, false",
        "NL000099989B57, false",
        "NL123456789B13, true",
        "NL123456789B14, false",
        "NL004495445B01, true",
        "NL004495445B99, true",
        "NL004495454B01, false"
    })
    void checksBothFormsOfDutchNumbers(String number, boolean isValid) {
        assertThat(VatNumber.isValid(number)).isEqualTo(isValid);
    }

    /** Forms whose algorithm is not certain pass. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "FRK7399859412",
                "ESK1234567A",
                "BG7523169263",
                "CZ7103192745",
                "CZ640903926",
                "LV16117519997",
                "LV32000000000",
                "SK7110119991",
                "NL1234567+9B01",
                "GBGD123",
                "IE1234567AX"
            })
    void acceptsNumbersWithoutAKnownCheckDigit(String number) {
        assertThat(VatNumber.isValid(number)).isTrue();
    }

    /** Replaces one digit; all checks detect this error in these numbers. */
    private static String mistyped(String number, int at) {
        var other = (char) ('0' + (number.charAt(at) - '0' + 1) % 10);
        return number.substring(0, at) + other + number.substring(at + 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DE\u00A0136\u202F695\u2009976||DE136695976",
                "de 136 695 976||DE136695976",
                "USt-IdNr.: DE 136.695.976||DE136695976",
                "VAT No. DE136695976||DE136695976",
                "VAT Reg. No: GB 980 7806 84||GB980780684",
                "136695976|DE|DE136695976",
                "\uFF24\uFF25136695976||DE136695976",
                "GR094259216||EL094259216",
                "094259216|GR|EL094259216",
                "\u0391\u03A6\u039C 094259216|GR|EL094259216",
                "94259216|GR|EL094259216",
                "EL 94 259 216||EL094259216",
                "GR-094.259.216||EL094259216",
                "GR 94259216||EL094259216",
                "40 303 265 045|FR|FR40303265045",
                "FR-40-303.265.045||FR40303265045",
                "TVA intracommunautaire : FR 40 303265045||FR40303265045",
                "NL-0000.99.998.B57||NL000099998B57",
                "btw-id NL000099998B57||NL000099998B57",
                "SE 556188-8404-01||SE556188840401",
                "556188-8404 01|SE|SE556188840401",
                "XI 980 7806 84||XI980780684",
                "CHE 107 787 577 IVA||CHE107787577IVA",
                "CHE-107.787.577|CH|CHE107787577",
                "NO974760673||NO974760673",
                "IE 6433435 F||IE6433435F",
                "LU 150.274.42||LU15027442",
                "ES A-82018474||ESA82018474",
                "CZ 251 23 891||CZ25123891",
                "HR 33392005961||HR33392005961",
                "MT 1167-9112||MT11679112",
                "BE 428.759.497||BE0428759497",
                "BE 0428/759/497||BE0428759497",
                "BTW BE 0428.759.497||BE0428759497",
                "ATU 13585627||ATU13585627",
                "U13585627|AT|ATU13585627",
                "UID: ATU13585627||ATU13585627",
                "CHE-107.787.577 MWST||CHE107787577MWST",
                "CHE-107.787.577 TVA||CHE107787577TVA",
                "CHE-107.787.577 VAT||CHE107787577",
                "107.787.577 IVA|CH|CHE107787577IVA",
                "12892312-2-43||HU12892312",
                "HU 12892312-2-43||HU12892312",
                "12892312-2-43|HU|HU12892312",
                "PL 856-734-62-15||PL8567346215",
                "NIP: 856-734-62-15|PL|PL8567346215",
                "P.IVA 00743110157|IT|IT00743110157",
                "IT 00743110157|IT|IT00743110157",
                "00743110157|IT|IT00743110157",
                "NL 0044.95.445.B.01||NL004495445B01",
                "004495445B01|NL|NL004495445B01",
                "UK 980780684||GB980780684",
                "980 7806 84|GB|GB980780684",
                "N\u00B0 TVA FR 40 303 265 045||FR40303265045",
                "ES-B58378431||ESB58378431",
                "NIF: B-58378431|ES|ESB58378431",
                "SE 556188-8404 01||SE556188840401",
                "NO 974 760 673 MVA||NO974760673MVA",
                "974 760 673 MVA|NO|NO974760673MVA",
                "DIC: CZ25123891||CZ25123891",
                "Org.nr. NO 974 760 673 MVA||NO974760673MVA",
                "Org.nr. 974 760 673 MVA|NO|NO974760673MVA",
                "Foretaksregisteret NO 974 760 673 MVA|NO|NO974760673MVA",
                "VAT NO 974760673 MVA|NO|NO974760673MVA",
                "IDE CHE-107.787.577 TVA||CHE107787577TVA",
                "CHE-107.787.577 MWST-Nr.||CHE107787577MWST",
                "UID CHE-107.787.577 MWST/TVA/IVA||CHE107787577MWST",
                "Ad\u00F3sz\u00E1m: 12892312-2-43||HU12892312",
                "K\u00F6z\u00F6ss\u00E9gi ad\u00F3sz\u00E1m: HU12892312||HU12892312",
                "\u0414\u0414\u0421 \u2116 BG175074752||BG175074752",
                "\u0418\u041D \u043F\u043E \u0417\u0414\u0414\u0421: BG175074752||BG175074752",
                "\u0395\u0418\u041A 175074752|BG|BG175074752",
                "\u03A6.\u03A0.\u0391. CY10259033P||CY10259033P",
                "PVM mok\u0117tojo kodas LT119511515||LT119511515",
                "PVN re\u0123. Nr. LV40003521600||LV40003521600",
                "K\u00E4ibemaksukohustuslase nr EE100594102||EE100594102",
                "ID \u0161t. za DDV: SI50223054||SI50223054",
                "PDV-ID: HR33392005961||HR33392005961",
                "Y-tunnus 2077474-0|FI|FI20774740",
                "SE-nr. 13585628|DK|DK13585628",
                "SE-NR. 13585628|DK|DK13585628",
                "Momsregistreringsnummer: SE556188840401||SE556188840401",
                "C.F. e P.IVA 00743110157|IT|IT00743110157",
                "N.\u00BA Contribuinte: PT501964843||PT501964843",
                "Ident. TVA : LU 15027442||LU15027442",
                "Cod de inregistrare fiscala RO18547290||RO18547290",
                "ondernemingsnummer 0428.759.497|BE|BE0428759497",
                "BE 0428.759.497 RPR Brussel||BE0428759497",
                "N\u00B0 d'entreprise BE 0428.759.497||BE0428759497",
                "Umsatzsteuer-Identifikationsnummer (EU): DE136695976||DE136695976",
                "DE 136695976 (Germany)||DE136695976",
                "\u201EDE136695976\u201C||DE136695976",
                "UK VAT: GB980780684||GB980780684",
                "VRN 980780684|GB|GB980780684",
                "IE7*12345J||IE7*12345J",
                "IE 8+12345 L||IE8+12345L",
                "\u0661\u0663\u0666\u0666\u0669\u0665\u0669\u0667\u0666|DE|DE136695976",
            })
    void normalizesTypedNumbers(String typed, String country, String number) {
        var read = VatNumber.normalized(typed, country == null ? "" : country);
        assertThat(read).isEqualTo(number);
        assertThat(VatNumber.isValid(read)).isTrue();
        assertThat(VatNumber.normalized(read, country == null ? "" : country)).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "136695976||COUNTRY",
                "US123456789|US|COUNTRY",
                "DE 12|DE|FORMAT",
                "DE136695977||CHECK_DIGIT",
                "GR12||FORMAT",
                "EL12||FORMAT",
                "UK1234||FORMAT",
                "GB1234||FORMAT",
                "USt-IdNr. DE 12||FORMAT",
                "USt-IdNr. DE 136695977||CHECK_DIGIT",
                "VAT GR12||FORMAT",
                "VAT US12||COUNTRY",
                "GR||COUNTRY",
                "VAT||COUNTRY",
                "12892313-2-43||COUNTRY",
                "00743110158|IT|COUNTRY",
                "US 13585628|DK|COUNTRY",
                "Company of the US 13585628|DK|COUNTRY",
                "GB 12|RO|FORMAT",
                "DE 136695976 and DE 129273398||FORMAT",
                "without a number|DE|COUNTRY"
            })
    void reportsTheFault(String typed, String country, VatNumber.Fault fault) {
        var read = VatNumber.normalized(typed, country == null ? "" : country);
        assertThat(VatNumber.isValid(read)).isFalse();
        assertThat(VatNumber.fault(read)).isEqualTo(fault);
        assertThat(PostalAddress.vatNumberExample(read, country == null ? "" : country))
                .isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GR12||EL123456789",
                "GR12|DE|EL123456789",
                "12|GR|EL123456789",
                "UK12||GB123456789",
                "VAT GR12||EL123456789",
                "12|LI|CHE123456789 MWST",
                "12|MC|FR12345678901",
                "US12||DE123456789",
                "US12|AT|ATU12345678"
            })
    void showsAnExampleOfTheState(String typed, String country, String example) {
        var read = VatNumber.normalized(typed, country == null ? "" : country);
        assertThat(PostalAddress.vatNumberExample(read, country == null ? "" : country))
                .isEqualTo(example);
    }
}
