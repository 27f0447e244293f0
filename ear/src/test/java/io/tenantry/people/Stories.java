package io.tenantry.people;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tenantry.it.Deployments;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests that share one real browser, if there is one. */
abstract class Stories extends Deployments {
    private static @Nullable Chromium chromium;

    @BeforeAll
    static void openTheBrowser() {
        assumeTrue(Chromium.isThere(), "no Chromium in /usr/bin: the stories of people are left out");
        chromium = new Chromium();
    }

    @AfterAll
    static void closeTheBrowser() {
        if (chromium != null) {
            chromium.close();
            chromium = null;
        }
    }

    static Chromium browser() {
        if (chromium == null) {
            throw new IllegalStateException("no browser");
        }
        return chromium;
    }
}
