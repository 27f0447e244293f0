package io.tenantry.cloud.provider.sandbox;

import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.ProviderCatalog.Image;
import io.tenantry.cloud.provider.ProviderCatalog.Price;
import io.tenantry.cloud.provider.ProviderCatalog.Region;
import io.tenantry.cloud.provider.ProviderCatalog.Size;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ServerSpec;
import io.tenantry.kernel.money.Money;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The catalog of the sandbox. Its regions are those of the demo's brands, and one more that is closed. */
final class SandboxCatalog {
    private static final int MIB_OF_GIB = 1_024;
    private static final String SHARED = "shared";
    private static final String DEDICATED = "dedicated";
    private static final String MEMORY = "memory";

    static final ProviderCatalog CATALOGUE = new ProviderCatalog(
            List.of(
                    new Region("fra1", "Frankfurt", "DE", true),
                    new Region("nbg1", "Nuremberg", "DE", true),
                    new Region("ams1", "Amsterdam", "NL", true),
                    new Region("nyc1", "New York", "US", true),
                    new Region("sfo1", "San Francisco", "US", true),
                    new Region("tor1", "Toronto", "CA", true),
                    new Region("sgp1", "Singapore", "SG", false)),
            List.of(
                    size("s-1-1", SHARED, 1, 1, 25, "0.003", "2.00"),
                    size("s-1-2", SHARED, 1, 2, 50, "0.0045", "3.00"),
                    size("s-2-4", SHARED, 2, 4, 80, "0.0083", "5.50"),
                    size("s-4-8", SHARED, 4, 8, 160, "0.0165", "11.00"),
                    size("s-8-16", SHARED, 8, 16, 320, "0.032", "21.50"),
                    size("d-2-8", DEDICATED, 2, 8, 80, "0.015", "10.00"),
                    size("d-4-16", DEDICATED, 4, 16, 160, "0.029", "19.50"),
                    size("d-8-32", DEDICATED, 8, 32, 240, "0.056", "37.50"),
                    size("m-4-32", MEMORY, 4, 32, 160, "0.04", "27.00")),
            List.of(
                    new Image("debian-13", "Debian GNU/Linux 13", "Debian", 10, false),
                    new Image("debian-12", "Debian GNU/Linux 12", "Debian", 10, false),
                    new Image("ubuntu-24.04", "Ubuntu 24.04 LTS", "Ubuntu", 10, false),
                    new Image("ubuntu-22.04", "Ubuntu 22.04 LTS", "Ubuntu", 10, true),
                    new Image("rocky-9", "Rocky Linux 9", "Rocky Linux", 15, false)));

    private SandboxCatalog() {}

    static Size size(String code) {
        return find(CATALOGUE.sizes(), one -> one.code().equals(code), "size " + code);
    }

    static Image image(String code) {
        return find(CATALOGUE.images(), one -> one.code().equals(code), "image " + code);
    }

    static Region openRegion(String code) {
        return find(CATALOGUE.regions(), one -> one.open() && one.code().equals(code), "region " + code);
    }

    /** @throws ProviderFailure INVALID if it refers to anything that does not exist */
    static void check(ServerSpec serverSpec) {
        openRegion(serverSpec.region());
        size(serverSpec.size());
        checkSystem(serverSpec);
    }

    /** Checks only what a rebuild uses. */
    static void checkSystem(ServerSpec serverSpec) {
        image(serverSpec.image());
        if (!serverSpec.hostname().matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")) {
            throw new ProviderFailure(Reason.INVALID, "not a hostname: " + serverSpec.hostname());
        }
        serverSpec.script().ifPresent(script -> {
            var unused = StartupScriptEffect.of(script, serverSpec.image()).answers(serverSpec.options());
        });
    }

    private static <T> T find(List<T> all, Predicate<T> which, String what) {
        return all.stream()
                .filter(which)
                .findFirst()
                .orElseThrow(() -> new ProviderFailure(Reason.INVALID, "there is no " + what));
    }

    private static Size size(
            String code, String family, int vcpus, int memoryGib, int diskGib, String hourly, String monthly) {
        return new Size(
                code,
                family + " " + vcpus + " / " + memoryGib + " GB",
                family,
                vcpus,
                memoryGib * MIB_OF_GIB,
                diskGib,
                20 * MIB_OF_GIB,
                List.of(),
                List.of(new Price(Optional.empty(), Money.of(hourly, "USD"), Money.of(monthly, "USD"))));
    }
}
