package io.tenantry.people;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tenantry.it.Deployments;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.Test;

/** Every page in a real browser, by whoever sees it. */
@RunAsClient
class PagesIT extends Deployments {
    @Test
    void everyPageCanBeUsedByEverybody() {
        assumeTrue(Chromium.isThere(), "no Chromium in /usr/bin: pages are not looked at");
        try (var chromium = new Chromium()) {
            EveryPageStory.tell(chromium);
        }
    }
}
