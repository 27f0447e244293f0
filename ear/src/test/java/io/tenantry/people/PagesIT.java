package io.tenantry.people;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tenantry.it.Deployments;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every page in a real browser, as the person it is for. */
@RunAsClient
@Tag("full")
class PagesIT extends Deployments {
    @BeforeEach
    void needsABrowser() {
        assumeTrue(Chromium.isThere(), "no Chromium in /usr/bin: pages are not looked at");
    }

    @Test
    void everyPageIsAccessible() {
        try (var chromium = new Chromium()) {
            EveryPageStory.tell(chromium);
        }
    }

    @Test
    void everyErrorPageIsAccessible() {
        try (var chromium = new Chromium()) {
            ErrorPagesStory.tell(chromium);
        }
    }
}
