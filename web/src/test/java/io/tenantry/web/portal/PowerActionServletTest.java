package io.tenantry.web.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.provisioning.PendingPowerAction;
import io.tenantry.cloud.provisioning.ServerPower;
import io.tenantry.cloud.provisioning.ServerPower.Refusal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PowerActionServletTest {
    private static final String LIST = "/staff/services";

    @ParameterizedTest
    @ValueSource(strings = {"/staff/services", "/staff/services?q=shop&state=active&sort=-hourly&page=2"})
    void returnsToListWithItsFilters(String back) {
        assertThat(PowerActionServlet.list(LIST, back)).isEqualTo(back);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/portal/services",
                "https://evil.example/staff/services",
                "//evil.example",
                "/staff/services.csv",
                "/staff/services/../plans",
                "/staff/services?",
                "/staff/services?a=b#c",
                "/staff/services?a=b\r\nSet-Cookie: x=y"
            })
    void returnsToPlainListForForeignTargets(String back) {
        assertThat(PowerActionServlet.list(LIST, back)).isEqualTo(LIST);
        assertThat(PowerActionServlet.list(LIST, null)).isEqualTo(LIST);
    }

    @Test
    void reportsStartedAndSkippedServicesWithReasons() {
        var bulkResult = new ServerPower.BulkResult(3, Map.of(Refusal.WRONG_STATE, 2, Refusal.BUSY, 1));
        var query = PowerActionSummary.query(PendingPowerAction.STOP, bulkResult);
        assertThat(query).isEqualTo("switched=stop&begun=3&busy=1&wrong-state=2");
        var read = Map.of("busy", "1", "wrong-state", "2");
        assertThat(PowerActionSummary.left(read::get))
                .containsExactly(
                        new PowerActionSummary.SkippedServices(Refusal.BUSY, 1),
                        new PowerActionSummary.SkippedServices(Refusal.WRONG_STATE, 2));
    }

    @Test
    void readsOnlySmallNumbers() {
        var made = Map.of("busy", "-1", "no-server", "<b>", "wrong-state", "999", "no-change", "0");
        assertThat(PowerActionSummary.left(made::get))
                .containsExactly(new PowerActionSummary.SkippedServices(Refusal.WRONG_STATE, 100));
    }
}
