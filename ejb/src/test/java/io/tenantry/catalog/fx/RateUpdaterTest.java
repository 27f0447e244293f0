package io.tenantry.catalog.fx;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tenantry.config.Settings;
import io.tenantry.kernel.http.AddressPolicy;
import io.tenantry.kernel.http.HttpGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rates belong to the platform, and so does the call for them: the timer has entered no scope. */
class RateUpdaterTest {
    private static final Instant NOW = Instant.parse("2026-11-02T16:00:00Z");

    @Test
    void queriesTheSourceOnceAnHourForThePlatform() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        List<String> asked = new ArrayList<>();
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.start();
        var base = "http://127.0.0.1:" + server.getAddress().getPort() + "/rates/";
        try (var httpGateway = new HttpGateway(AddressPolicy.ANY, HttpGateway.Timeouts.USUAL)) {
            var updater = new RateUpdater();
            updater.settings = new Settings(Map.of("tenantry.ecb.url", base)::get, name -> null);
            updater.httpGateway = httpGateway;
            updater.clock = Clock.fixed(NOW, ZoneOffset.UTC);
            updater.administration = new RateAdministration() {
                @Override
                public Optional<LocalDate> lastDay() {
                    return Optional.of(LocalDate.of(2026, 11, 1));
                }
            };
            updater.keep();
            updater.keep();
        } finally {
            server.stop(0);
        }
        assertThat(asked).containsExactly("/rates/eurofxref-daily.xml");
    }
}
