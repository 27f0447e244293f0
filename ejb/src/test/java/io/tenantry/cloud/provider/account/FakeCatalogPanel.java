package io.tenantry.cloud.provider.account;

import static jakarta.json.Json.createArrayBuilder;
import static jakarta.json.Json.createObjectBuilder;

import io.tenantry.cloud.provider.FakeProvider;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** A VirtFusion panel that accepts one token and sells a configurable range; its hypervisor groups fill two pages. */
public final class FakeCatalogPanel extends FakeProvider {
    public static final String TOKEN = "a-good-token-0815";
    public static final int GROUPS = 203;

    private final List<JsonObject> packages = new ArrayList<>();
    private boolean echoesCredentials;

    /** Creates a panel with two packages. */
    public FakeCatalogPanel() {
        addPackage(1, "Small", 1024);
        addPackage(3, "Large", 4096);
    }

    /** Returns the address for an account of it. */
    public String address() {
        return base() + "/api/v1";
    }

    /** Makes it repeat the request in its refusals. */
    public synchronized void echoCredentials() {
        echoesCredentials = true;
    }

    /** Makes it sell nothing. */
    public synchronized void clearPackages() {
        packages.clear();
    }

    /** Adds a package to its range. */
    public synchronized void addPackage(int id, String name, int memory) {
        packages.add(createObjectBuilder()
                .add("id", id)
                .add("name", name)
                .add("enabled", true)
                .add("memory", memory)
                .add("primaryStorage", 40)
                .add("traffic", 200)
                .add("cpuCores", 2)
                .build());
    }

    @Override
    protected synchronized CannedAnswer answer(RecordedCall recordedCall) {
        var sent = String.valueOf(recordedCall.headers().get("Authorization"));
        if (!sent.equals("Bearer " + TOKEN)) {
            return echoesCredentials
                    ? CannedAnswer.of(
                            401,
                            createObjectBuilder()
                                    .add("message", "not known: " + sent)
                                    .build())
                    : CannedAnswer.of(401);
        }
        return switch (recordedCall.path().replace("/api/v1", "").replaceAll("[0-9]+$", "")) {
            case "/packages" -> data(packages);
            case "/compute/hypervisors/groups" -> groups(recordedCall);
            case "/media/templates/fromServerPackageSpec/" -> data(List.of(debian()));
            default -> CannedAnswer.of(404);
        };
    }

    private static JsonObject debian() {
        var template = createObjectBuilder()
                .add("id", 46)
                .add("name", "Debian")
                .add("version", "13")
                .add("variant", "")
                .add("eol", false);
        return createObjectBuilder()
                .add("name", "Debian")
                .add("templates", createArrayBuilder().add(template))
                .build();
    }

    private static CannedAnswer groups(RecordedCall recordedCall) {
        var page = Integer.parseInt(recordedCall.query().get("page"));
        var size = Integer.parseInt(recordedCall.query().get("results"));
        var part = createArrayBuilder();
        for (var id = (page - 1) * size + 1; id <= Math.min(GROUPS, page * size); id++) {
            part.add(createObjectBuilder()
                    .add("id", id)
                    .add("name", "Group " + id)
                    .add("enabled", true));
        }
        return CannedAnswer.of(
                200,
                createObjectBuilder()
                        .add("data", part)
                        .add("last_page", (GROUPS + size - 1) / size)
                        .build());
    }

    private static CannedAnswer data(List<JsonObject> all) {
        var data = createArrayBuilder();
        all.forEach(data::add);
        return CannedAnswer.of(200, createObjectBuilder().add("data", data).build());
    }
}
