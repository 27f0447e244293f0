package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.Deployments;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.Test;

/**
 * The test data of a class can be created again in the same server, so that a repetition of the class starts with what it expects
 * ({@code -Dfailsafe.rerunFailingTestsCount=1}).
 */
@RunAsClient
class RepeatedBrandIT extends Deployments {
    private static final String BRAND = "repeated-a";

    @Test
    void repeatedClassGetsFreshBrand() {
        var first = BrowserTestSetup.billed(BRAND, BrowserTestSetup.brand(BRAND));
        BrowserTestSetup.order(BRAND, first, "left-over");
        BrowserTestSetup.close(BRAND);
        var second = BrowserTestSetup.billed(BRAND, BrowserTestSetup.brand(BRAND));
        assertThat(second.id("organization")).isNotEqualTo(first.id("organization"));
        try (var olga = new Reader(BRAND + ".localhost", "en")) {
            olga.signIn("olga@kiosk.example", BrowserTestSetup.PASSWORD);
            var services = olga.get("/portal/services");
            assertThat(services.status()).isEqualTo(200);
            assertThat(services.body()).contains(second.id("service")).doesNotContain("left-over");
        }
    }
}
