package io.tenantry.brand;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SenderDomainsTest {
    private static final List<String> FOREIGN =
            List.of("tenantry.example", "aurora.example", "shop.shared.example", "borealis.localhost");

    @Test
    void includeOwnHostsAndTheirParentDomains() {
        assertThat(of("cloud.eu.north.example").names())
                .containsExactly("cloud.eu.north.example", "eu.north.example", "north.example");
    }

    @Test
    void excludeDomainsSharedWithOthers() {
        assertThat(of("north.tenantry.example").names()).containsExactly("north.tenantry.example");
        assertThat(of("cloud.shared.example").names()).containsExactly("cloud.shared.example");
        assertThat(of("cloud.shared.example", "shared.example").names())
                .containsExactly("cloud.shared.example", "shared.example");
        assertThat(of("ny.aurora.example").names()).containsExactly("ny.aurora.example");
    }

    @Test
    void excludePublicSuffixes() {
        assertThat(of("north.localhost").names()).containsExactly("north.localhost");
        assertThat(of("shop.north.co.uk").names()).containsExactly("shop.north.co.uk", "north.co.uk");
        assertThat(of("shop.co.de").names()).containsExactly("shop.co.de");
    }

    @Test
    void coverOnlyAddressesOfTheirDomains() {
        var mine = of("cloud.north.example");
        assertThat(mine.cover("post@North.Example")).isTrue();
        assertThat(mine.cover("post@cloud.north.example")).isTrue();
        assertThat(mine.cover("billing@aurora.example")).isFalse();
        assertThat(mine.cover("ceo@bank.example")).isFalse();
        assertThat(mine.cover("ceo@notnorth.example")).isFalse();
        assertThat(mine.cover("ceo@mail.north.example")).isFalse();
    }

    private static SenderDomains of(String... own) {
        return SenderDomains.of(List.of(own), FOREIGN);
    }
}
