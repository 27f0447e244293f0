package io.tenantry.billing.tax;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.tax.ViesResponse.Verdict;
import io.tenantry.config.Settings;
import io.tenantry.testing.WithinTenant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Possible VIES answers and their interpretation. */
@ExtendWith(WithinTenant.class)
class ViesTest {
    private static FakeVies vies;

    @BeforeAll
    static void open() {
        vies = new FakeVies();
    }

    @AfterAll
    static void close() {
        vies.close();
    }

    private static ViesResponse ask() {
        return vies.client().ask("FR40303265045", "DE999999995");
    }

    @Test
    void readsAValidNumberWithConsultationAndHolder() {
        vies.reply(200, FakeVies.VALID);
        assertThat(ask())
                .isEqualTo(new ViesResponse(
                        Verdict.VALID,
                        "WAPIAAAAZ1",
                        "2026-10-10T12:20:00.000Z",
                        "NORDWIND SAS",
                        "1 RUE DE LA MER\n75001 PARIS",
                        ""));
        assertThat(vies.questions)
                .contains(
                        "POST {\"countryCode\":\"FR\",\"vatNumber\":\"40303265045\",\"requesterMemberStateCode\":\"DE\","
                                + "\"requesterNumber\":\"999999995\"}");
    }

    @Test
    void requestsWithoutARequesterNumber() {
        vies.reply(200, FakeVies.INVALID);
        assertThat(vies.client().ask("FR40303265045", "").verdict()).isEqualTo(Verdict.INVALID);
        assertThat(vies.questions).contains("POST {\"countryCode\":\"FR\",\"vatNumber\":\"40303265045\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | {"actionSucceed": false, "errorWrappers": [{"error": "MS_UNAVAILABLE"}]} | MS_UNAVAILABLE | true
            200 | {"valid": false, "userError": "SERVICE_UNAVAILABLE"} | SERVICE_UNAVAILABLE | true
            400 | {"errorWrappers": [{"error": "INVALID_INPUT"}]} | INVALID_INPUT | false
            200 | {"errorWrappers": [7]} | an error without a name | true
            500 | {"valid": true} | status 500 | true
            302 | {"valid": true} | status 302 | true
            200 | <html>maintenance</html> | status 200 without a JSON object | true
            200 | {"valid": "true"} | neither valid nor invalid | true
            200 | {} | neither valid nor invalid | true
            200 | {"valid": true, "countryCode": "FR", "vatNumber": "1"} | an answer to another number | true
            """)
    void treatsUnclearAnswersAsNoAnswer(int status, String body, String reason, boolean isPassing) {
        vies.reply(status, body);
        var answer = ask();
        assertThat(answer).isEqualTo(ViesResponse.untold(reason));
        assertThat(answer.isPassing()).isEqualTo(isPassing);
    }

    @Test
    void treatsHugeLateOrLostAnswersAsNoAnswer() {
        vies.reply(200, FakeVies.VALID.replace("NORDWIND", "N".repeat(70_000)));
        assertThat(ask().reason()).isEqualTo("an answer of more than 65536 bytes");

        vies.handle(exchange -> {
            try {
                Thread.sleep(4_000);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(ask().reason()).startsWith("no answer from 127.0.0.1");

        vies.handle(exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
        });
        var lost = ask();
        assertThat(lost.reason()).startsWith("no answer from 127.0.0.1");
        assertThat(lost.isPassing()).isTrue();
    }

    @Test
    void isOffWithoutAnAddress() {
        assertThat(new Vies(new Settings(key -> null, name -> null), vies.httpGateway).isOn())
                .isFalse();
        assertThat(vies.client().isOn()).isTrue();
    }

    @Test
    void findsTheStateByThePrefix() {
        assertThat(EuropeanUnion.ofNumber("EL123456789")).contains("GR");
        assertThat(EuropeanUnion.ofNumber("DE999999995")).contains("DE");
        assertThat(EuropeanUnion.ofNumber("GR123456789")).contains("GR");
        assertThat(EuropeanUnion.ofNumber("XI123456789")).isEmpty();
        assertThat(EuropeanUnion.ofNumber("GB123456789")).isEmpty();
        assertThat(EuropeanUnion.ofNumber("")).isEmpty();
        assertThat(EuropeanUnion.prefixes()).contains("EL").doesNotContain("GR");
    }
}
