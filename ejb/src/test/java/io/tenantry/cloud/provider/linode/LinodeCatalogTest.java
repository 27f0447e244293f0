package io.tenantry.cloud.provider.linode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.provider.ProviderCatalog.Image;
import io.tenantry.cloud.provider.ProviderCatalog.Price;
import io.tenantry.cloud.provider.ProviderCatalog.Region;
import io.tenantry.cloud.provider.ProviderCatalog.Size;
import io.tenantry.kernel.money.Money;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinodeCatalogTest extends LinodeCase {
    @Test
    void listsCoreRegions() {
        assertThat(account.readCatalog().regions())
                .containsExactly(
                        new Region("us-east", "Newark, NJ", "US", true),
                        new Region("eu-central", "Frankfurt, DE", "DE", true),
                        new Region("br-gru", "Sao Paulo, BR", "BR", false));
    }

    @Test
    void readsTheDimensionsOfASize() {
        var size = size("g6-standard-1");
        assertThat(size.name()).isEqualTo("Linode 2GB");
        assertThat(size.family()).isEqualTo("standard");
        assertThat(size.vcpus()).isEqualTo(1);
        assertThat(size.memoryMib()).isEqualTo(2048);
        assertThat(size.diskGib()).isEqualTo(50);
        assertThat(size.transferGib()).isEqualTo(2000);
    }

    @Test
    void readsRegionalPrices() {
        assertThat(size("g6-standard-1").prices())
                .containsExactly(
                        new Price(Optional.empty(), usd("0.018"), usd("12")),
                        new Price(Optional.of("br-gru"), usd("0.0252"), usd("16.8")));
    }

    @Test
    void roundsPricesToEightDecimals() {
        assertThat(size("g6-standard-2").prices())
                .containsExactly(new Price(Optional.empty(), usd("0.03612346"), usd("24")));
    }

    @Test
    void offersASizeWhereItIsAvailableAndPriced() {
        assertThat(size("g6-standard-1").regions()).containsExactly("us-east", "eu-central", "br-gru");
        assertThat(size("g6-standard-2").regions()).containsExactly("eu-central");
    }

    @Test
    void offersAPremiumSizeOnlyWhereItIsSupported() {
        assertThat(size("g7-premium-2").regions()).containsExactly("eu-central");
    }

    @Test
    void omitsASizeOfferedNowhere() {
        assertThat(account.readCatalog().sizes()).extracting(Size::code).doesNotContain("g6-nowhere-1");
    }

    @Test
    void listsUsableImages() {
        assertThat(account.readCatalog().images())
                .containsExactly(
                        new Image("linode/debian12", "Debian 12", "Debian", 2, false),
                        new Image("linode/debian10", "Debian 10", "Debian", 1, true),
                        new Image("linode/ubuntu18.04", "Ubuntu 18.04 LTS", "Ubuntu", 3, true),
                        new Image("private/12", "Golden image", "", 3, false));
    }

    private Size size(String code) {
        return account.readCatalog().sizes().stream()
                .filter(size -> size.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private static Money usd(String amount) {
        return Money.of(amount, "USD");
    }
}
