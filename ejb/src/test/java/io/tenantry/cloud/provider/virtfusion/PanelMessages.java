package io.tenantry.cloud.provider.virtfusion;

import static jakarta.json.Json.createArrayBuilder;
import static jakarta.json.Json.createObjectBuilder;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The fake panel's JSON, as VirtFusion would return it. */
final class PanelMessages {
    private PanelMessages() {}

    static List<JsonObject> packages() {
        return List.of(
                size(1, "Small", 1024, 10, 0, true),
                size(2, "Old", 512, 5, 200, false),
                size(3, "Large", 4096, 40, 200, true));
    }

    private static JsonObject size(int id, String name, int memory, int disk, int traffic, boolean enabled) {
        return createObjectBuilder()
                .add("id", id)
                .add("name", name)
                .addNull("description")
                .add("enabled", enabled)
                .add("memory", memory)
                .add("primaryStorage", disk)
                .add("traffic", traffic)
                .add("cpuCores", 2)
                .add("backupPlanId", 0)
                .build();
    }

    static List<JsonObject> groups() {
        var all = new ArrayList<JsonObject>();
        for (var id = 1; id <= 203; id++) {
            all.add(createObjectBuilder()
                    .add("id", id)
                    .add("name", "Group " + id)
                    .addNull("label")
                    .add("enabled", id != 3)
                    .build());
        }
        return all;
    }

    static List<JsonObject> templates(String size) {
        var debian = template(46, "Debian", "12 (Bookworm)", "Minimal", false);
        var templates = size.equals("1") ? List.of(debian) : List.of(debian, template(8, "Debian", "9", "", true));
        return List.of(createObjectBuilder()
                .add("name", "Debian")
                .add("templates", array(templates))
                .build());
    }

    private static JsonObject template(int id, String name, String version, String variant, boolean retired) {
        return createObjectBuilder()
                .add("id", id)
                .add("name", name)
                .add("version", version)
                .add("variant", variant)
                .add("eol", retired)
                .build();
    }

    static JsonObject month(int month, long received) {
        return createObjectBuilder()
                .add("month", month)
                .add("start", "2025-0" + month + "-06 00:00:00")
                .add("end", "2025-0" + (month + 1) + "-05 23:59:59")
                .add("rx", received * 5_000_000_000L)
                .add("tx", 1_270_421)
                .add("limit", 20_000)
                .build();
    }

    static JsonObject vnc() {
        return createObjectBuilder()
                .add("ip", "192.0.2.2")
                .addNull("hostname")
                .add("port", 5903)
                .add("password", "ZNYonJeU")
                .add("wss", createObjectBuilder().add("url", "/vnc/?token=69316231"))
                .build();
    }

    static JsonObject brief(FakePanel.Box box) {
        return createObjectBuilder()
                .add("id", box.id)
                .add("name", box.name)
                .add(
                        "commissioned",
                        List.of("allocated", "queued", "failed", "complete").indexOf(box.state))
                .add("owner", box.owner)
                .add("hypervisorId", 6)
                .add("suspended", false)
                .add("created", "2025-01-20T14:00:47+00:00")
                .build();
    }

    static JsonObject whole(FakePanel.Box box, boolean remote) {
        var server = createObjectBuilder()
                .add("id", box.id)
                .add("ownerId", box.owner)
                .add("name", box.name)
                .addNull("hostname")
                .add("state", box.state)
                .add("suspended", false)
                .add("buildFailed", false)
                .add("created", "2025-01-20T14:00:47+00:00")
                .add(
                        "settings",
                        createObjectBuilder()
                                .add("resources", createObjectBuilder().add("storage", box.disk))
                                .add("decryptedPassword", "uv1dmfUUaENhNpbrGUwD"))
                .add("hypervisor", createObjectBuilder().add("id", 6).add("groupId", 1))
                .add(
                        "network",
                        createObjectBuilder()
                                .add(
                                        "interfaces",
                                        createArrayBuilder()
                                                .add(card("public", "192.0.2." + box.id % 250, box.further))
                                                .add(card("private", "10.0.0." + box.id % 250, List.of()))));
        if (remote && box.state.equals("complete")) {
            server.add("remoteState", createObjectBuilder().add("state", box.power));
        } else {
            server.add("remoteState", false);
        }
        return server.build();
    }

    static JsonObject queued(int id, FakePanel.Job job) {
        var exception = createObjectBuilder().add("message", "domain is not as it should");
        var item = createObjectBuilder()
                .add("id", id)
                .add("failed", job.failed)
                .add("progress", job.finished ? 100 : 40)
                .add("errors", createObjectBuilder().add("exception", exception));
        if (job.finished) {
            item.add("finished", "2025-01-15T15:00:49+00:00");
        } else {
            item.addNull("finished");
        }
        return item.build();
    }

    static JsonObject page(List<JsonObject> all, int page, int size) {
        var from = Math.min(all.size(), (page - 1) * size);
        return createObjectBuilder()
                .add("current_page", page)
                .add("data", array(all.subList(from, Math.min(all.size(), from + size))))
                .add("last_page", Math.max(1, (all.size() + size - 1) / size))
                .add("per_page", size)
                .add("total", all.size())
                .build();
    }

    private static JsonObject card(String type, String first, List<String> further) {
        var addresses = createArrayBuilder().add(createObjectBuilder().add("address", first));
        further.forEach(address -> addresses.add(createObjectBuilder().add("address", address)));
        return createObjectBuilder().add("type", type).add("ipv4", addresses).build();
    }

    static JsonArray array(Collection<JsonObject> all) {
        var array = createArrayBuilder();
        all.forEach(array::add);
        return array.build();
    }
}
