package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.Deployments;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Forwarding headers of a client behind a proxy that appends to them, as nginx, HAProxy and load balancers do: its address is the one added by
 * the proxy, its host the one in {@code Host}. The test acts as the proxy, which the server trusts ({@code TENANTRY_PROXIES}).
 */
@RunAsClient
class ForwardedIT extends Deployments {
    private static final String BRAND = "forwarded-a";
    private static final String HOST = BRAND + ".localhost";
    private static final String OTHER = "forwarded-b";

    private static final String CLIENT = "203.0.113.7";

    @BeforeAll
    static void makeBrands() {
        BrowserTestSetup.brand(BRAND);
        BrowserTestSetup.brand(OTHER);
    }

    @Test
    void sessionShowsAddressAddedByProxy() {
        for (var heads : new String[] {
            "X-Forwarded-For: 6.6.6.6, " + CLIENT + "\r\n",
            "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: " + CLIENT + "\r\n",
            "X-Forwarded-For: 6.6.6.6, " + CLIENT + ", 127.0.0.1\r\nForwarded: for=6.6.6.6\r\nX-Real-IP: 6.6.6.6\r\n"
        }) {
            try (var olga = new Reader(HOST, "en").with(heads)) {
                olga.signIn("olga@kiosk.example", BrowserTestSetup.PASSWORD);
                assertThat(olga.get("/portal/me").body()).contains(CLIENT).doesNotContain("6.6.6.6");
            }
        }
    }

    @Test
    void hostIsNeverTakenFromForwardedHeaders() {
        var named = "X-Forwarded-Host: " + OTHER + ".localhost\r\nX-Forwarded-Server: " + OTHER
                + ".localhost\r\nX-Forwarded-Port: 6666\r\nForwarded: host=" + OTHER
                + ".localhost;proto=https\r\nX-Forwarded-For: "
                + CLIENT + "\r\n";
        try (var plain = new Reader(HOST, "en");
                var hostile = new Reader(HOST, "en").with(named)) {
            assertThat(hostile.get("/site.webmanifest").body())
                    .isEqualTo(plain.get("/site.webmanifest").body());
            assertThat(hostile.get("/portal/services").header("location"))
                    .isEqualTo(plain.get("/portal/services").header("location"));
        }
    }

    @Test
    void redirectsToHttpsBehindTlsProxy() {
        try (var secure = new Reader(HOST, "en").with("X-Forwarded-Proto: https\r\n")) {
            var location = secure.get("/portal/services").header("location").get(0);
            assertThat(location)
                    .satisfiesAnyOf(
                            it -> assertThat(it).startsWith("/"),
                            it -> assertThat(it).startsWith("https://" + HOST));
        }
    }

    @Test
    void countsFailedSignInsByAddressAddedByProxy() {
        var refused = 0;
        for (var attempt = 0; attempt < 60 && refused == 0; attempt++) {
            // The client sends a different address each time, the proxy adds the same one.
            var heads = "X-Forwarded-For: 192.0.2." + attempt + ", 203.0.113.99\r\n";
            try (var stranger = new Reader(HOST, "en").with(heads)) {
                var answer = stranger.tryToSignIn("nobody-" + attempt + "@kiosk.example", "wrong-" + attempt);
                if (answer.body().contains("Too many attempts")) {
                    refused++;
                }
            }
        }
        assertThat(refused).isPositive();
    }
}
