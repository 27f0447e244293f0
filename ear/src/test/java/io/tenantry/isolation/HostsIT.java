package io.tenantry.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cluster.Results;
import io.tenantry.it.Deployments;
import io.tenantry.it.RunningServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.Test;

/**
 * However a request names its host, it reaches that host's brand or none, never another brand, and never breaks the server.
 * {@code -Dtenantry.hosts.variants=...} for more, {@code -Dtenantry.isolation.seed=...} repeats.
 */
@RunAsClient
class HostsIT extends Deployments {
    private static final int VARIANTS = Integer.getInteger("tenantry.hosts.variants", 10_000);
    private static final long SEED = Long.getLong("tenantry.isolation.seed", System.nanoTime());
    private static final int CALLERS = 4;
    private static final int SHOWN_MAX = 20;

    private static int port() {
        return Integer.getInteger(RunningServer.HTTP_PORT);
    }

    @Test
    void requestReachesItsBrandOrNone() throws Exception {
        var brands = List.of(
                brand(CanaryTenant.slug(901)),
                brand(CanaryTenant.slug(902)),
                new HostVariants.Brand("platform.localhost", ""));
        var began = System.nanoTime();
        var wrong = new TreeMap<String, List<String>>();
        var callers = Executors.newFixedThreadPool(CALLERS);
        try {
            var all = IntStream.range(0, CALLERS)
                    .mapToObj(caller ->
                            callers.submit(() -> call(new HostVariants(new Random(SEED + caller), brands), brands)))
                    .toList();
            for (var each : all) {
                each.get()
                        .forEach((kind, some) -> wrong.computeIfAbsent(kind, first -> new ArrayList<>())
                                .addAll(some));
            }
        } finally {
            callers.shutdown();
        }
        Results.showOutcome(String.format(
                "hosts: %d variants in %.1f s (seed %d)", VARIANTS, (System.nanoTime() - began) / 1e9, SEED));
        assertThat(wrong).as("seed " + SEED).isEmpty();
    }

    private static Map<String, List<String>> call(HostVariants variants, List<HostVariants.Brand> brands)
            throws IOException {
        var wrong = new TreeMap<String, List<String>>();
        try (var rawConnection = new RawConnection(port())) {
            for (var i = 0; i < VARIANTS / CALLERS; i++) {
                var variant = variants.next();
                var answer = rawConnection.sendAlone(variant.request());
                var verdict = verdict(variant, answer, brands);
                if (!verdict.isEmpty()) {
                    var some = wrong.computeIfAbsent(variant.kind(), first -> new ArrayList<>());
                    if (some.size() < SHOWN_MAX) {
                        some.add(verdict + ": " + variant.request() + " -> " + answer.status());
                    }
                }
            }
        }
        return wrong;
    }

    private static String verdict(
            HostVariants.Variant variant, RawConnection.Answer answer, List<HostVariants.Brand> brands) {
        for (var brand : brands) {
            if (!brand.canary().isEmpty()
                    && variant.at().filter(brand::equals).isEmpty()
                    && answer.text().contains(brand.canary())) {
                return "says something of " + brand.host();
            }
        }
        if (answer.text().contains("evil.example") || answer.text().contains("localhost:6666")) {
            return "repeats what it was told";
        }
        if (answer.status() == 400 || answer.status() == 421) {
            return variant.mayBeRefused() ? "" : "refuses a known host";
        }
        if (answer.status() != 200) {
            return "unexpected status";
        }
        if (variant.at().isEmpty()) {
            return "lets in";
        }
        return answer.body().contains(variant.at().get().canary()) ? "" : "shows another page";
    }

    private static HostVariants.Brand brand(String slug) throws IOException {
        try (var rawConnection = new RawConnection(port())) {
            var made = rawConnection.send("POST /tests/stage/brand?slug=" + slug
                    + "&password=orbit-teapot-nine HTTP/1.1\r\nHost: 127.0.0.1\r\n" + "Content-Length: 0\r\n\r\n");
            if (made.status() != 200) {
                throw new IllegalStateException("no brand: " + made);
            }
        }
        return new HostVariants.Brand(slug + ".localhost", slug);
    }
}
