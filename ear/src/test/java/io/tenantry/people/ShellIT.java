package io.tenantry.people;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tenantry.it.Deployments;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The frame around all pages, in a real browser and by hand. Whatever a story opens must obey the content security policy,
 * raise no error and fit a phone, see {@link Visitor}.
 */
@RunAsClient
class ShellIT extends Deployments {
    private static @Nullable Chromium chromium;

    @BeforeAll
    static void openTheBrowser() {
        assumeTrue(Chromium.isThere(), "no Chromium at /usr/bin/chromium: the stories of people are left out");
        chromium = new Chromium();
    }

    @AfterAll
    static void closeTheBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private static Chromium browser() {
        if (chromium == null) {
            throw new IllegalStateException("no browser");
        }
        return chromium;
    }

    @Test
    void theFrameFindsTellsAndKeeps() {
        ShellStory.tell(browser());
    }

    @Test
    void nobodyElseHearsOrFindsAnything() {
        ShellStory.tellOfDoors(browser());
    }
}
