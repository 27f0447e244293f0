package io.tenantry.cloud.provider.virtfusion;

import static jakarta.json.Json.createArrayBuilder;
import static jakarta.json.Json.createObjectBuilder;

import io.tenantry.cloud.provider.FakeProvider;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A VirtFusion panel: many hypervisor groups, of which the second is full, three packages, and the servers created there. */
final class FakePanel extends FakeProvider {
    /** A server of the panel. */
    static final class Box {
        final long id;
        final long disk;
        long owner;
        String name = "";
        String state = "allocated";
        String power = "shutoff";
        int builds;
        boolean screen;
        List<JsonValue> keys = List.of();

        /** Addresses in addition to the initial one. */
        final List<String> further = new ArrayList<>();

        Box(long id, long owner, long disk) {
            this.id = id;
            this.owner = owner;
            this.disk = disk;
        }
    }

    /** A user, or an SSH key of one. */
    record Entry(long id, JsonObject stated) {}

    /** A queued job; it completes when the panel processes it. */
    static final class Job {
        final Box box;
        final String action;
        boolean finished;
        boolean failed;

        Job(Box box, String action) {
            this.box = box;
            this.action = action;
        }
    }

    final Map<Long, Box> boxes = new LinkedHashMap<>();
    final List<Entry> users = new ArrayList<>();
    final List<Entry> keys = new ArrayList<>();
    private final List<Job> jobs = new ArrayList<>();
    private long last = 68;

    /** Adds a third-party server. */
    synchronized Box addForeignServer(String state) {
        var box = new Box(++last, 1, 10);
        box.name = "Elliptical Way " + box.id;
        box.state = state;
        boxes.put(box.id, box);
        return box;
    }

    synchronized Box box(String id) {
        var box = boxes.get(Long.parseLong(id));
        if (box == null) {
            throw new AssertionError("no server " + id);
        }
        return box;
    }

    /** Processes all queued jobs. */
    synchronized void completeTasks() {
        for (var box : boxes.values()) {
            if (box.state.equals("queued")) {
                box.state = "complete";
                box.power = "running";
            }
        }
        for (var job : jobs) {
            if (!job.finished) {
                job.finished = true;
                var runs = job.box.power.equals("running");
                job.failed = runs == job.action.equals("boot");
                job.box.power = job.action.equals("boot") || job.action.equals("restart") ? "running" : "shutoff";
            }
        }
    }

    @Override
    protected synchronized CannedAnswer answer(RecordedCall recordedCall) {
        if (!"Bearer a-good-token".equals(recordedCall.headers().get("Authorization"))) {
            return CannedAnswer.of(401);
        }
        var path = recordedCall.path().substring(1).split("/", -1);
        return switch (path[0]) {
            case "packages" ->
                path.length == 1 ? data(PanelMessages.packages()) : one(PanelMessages.packages(), path[1]);
            case "compute" -> page(recordedCall, PanelMessages.groups());
            case "media" -> data(PanelMessages.templates(path[3]));
            case "users" -> users(recordedCall, path);
            case "ssh_keys" -> keys(recordedCall, path);
            case "queue" -> queue(path[1]);
            case "servers" -> servers(recordedCall, path);
            default -> missing();
        };
    }

    private CannedAnswer users(RecordedCall recordedCall, String[] path) {
        if (recordedCall.method().equals("POST")) {
            var taken = users.stream()
                    .map(Entry::stated)
                    .anyMatch(user ->
                            user.getString("email").equals(recordedCall.body().getString("email"))
                                    || user.getString("relStr")
                                            .equals(recordedCall.body().getString("relStr")));
            if (taken) {
                return refused("The email has already been taken.");
            }
            users.add(new Entry(++last, recordedCall.body()));
            return created(user(users.get(users.size() - 1)));
        }
        if (!"true".equals(recordedCall.query().get("relStr"))) {
            return missing();
        }
        var found = users.stream()
                .filter(user -> user.stated().getString("relStr").equals(path[1]))
                .findFirst();
        if (found.isEmpty()) {
            return missing();
        }
        if (recordedCall.method().equals("GET")) {
            return data(user(found.get()));
        }
        if (boxes.values().stream().anyMatch(box -> box.owner == found.get().id())) {
            return refused("The user has servers.");
        }
        users.remove(found.get());
        return CannedAnswer.of(204);
    }

    private static JsonObject user(Entry user) {
        return createObjectBuilder(user.stated()).add("id", user.id()).build();
    }

    private CannedAnswer keys(RecordedCall recordedCall, String[] path) {
        if (recordedCall.method().equals("POST")) {
            keys.add(new Entry(++last, recordedCall.body()));
            return created(createObjectBuilder().add("id", last).build());
        }
        return data(keys.stream()
                .filter(key -> key.stated().getInt("userId") == Integer.parseInt(path[2]))
                .map(FakePanel::user)
                .toList());
    }

    private CannedAnswer queue(String id) {
        var number = Integer.parseInt(id);
        return data(PanelMessages.queued(number, jobs.get(number)));
    }

    private CannedAnswer servers(RecordedCall recordedCall, String[] path) {
        if (path.length == 1) {
            return recordedCall.method().equals("POST")
                    ? setAside(recordedCall.body())
                    : page(
                            recordedCall,
                            boxes.values().stream().map(PanelMessages::brief).toList());
        }
        if (path[1].equals("user")) {
            return data(boxes.values().stream()
                    .filter(box -> box.owner == Long.parseLong(path[2]))
                    .map(box -> PanelMessages.whole(box, false))
                    .toList());
        }
        var box = boxes.get(Long.parseLong(path[1]));
        if (box == null) {
            return missing();
        }
        if (path.length == 2) {
            if (recordedCall.method().equals("DELETE")) {
                boxes.remove(box.id);
                return CannedAnswer.of(204);
            }
            return data(
                    PanelMessages.whole(box, "true".equals(recordedCall.query().get("remoteState"))));
        }
        return changed(box, recordedCall, path);
    }

    private CannedAnswer setAside(JsonObject body) {
        if (body.getInt("hypervisorId") == 2) {
            return refused("No hypervisors available in that group");
        }
        var owner = body.getJsonNumber("userId").longValueExact();
        if (users.stream().noneMatch(user -> user.id() == owner)) {
            return refused("Invalid user");
        }
        var size = PanelMessages.packages().stream()
                .filter(one -> one.getInt("id") == body.getInt("packageId"))
                .findFirst();
        if (size.isEmpty()) {
            return refused("Invalid package");
        }
        var box = new Box(++last, owner, size.get().getInt("primaryStorage"));
        boxes.put(box.id, box);
        return created(PanelMessages.whole(box, false));
    }

    private CannedAnswer changed(Box box, RecordedCall recordedCall, String[] path) {
        switch (path[2]) {
            case "build" -> {
                box.name = recordedCall.body().getString("name");
                box.keys = List.copyOf(recordedCall.body().getJsonArray("sshKeys"));
                box.state = "queued";
                box.builds++;
                return data(PanelMessages.whole(box, false));
            }
            case "modify" -> box.name = recordedCall.body().getString("name");
            case "owner" -> box.owner = Long.parseLong(path[3]);
            case "package" -> {
                return CannedAnswer.of(
                        200,
                        createObjectBuilder().add("info", createArrayBuilder()).build());
            }
            case "power" -> {
                return data(queued(box, path[3]).build());
            }
            case "resetPassword" -> {
                return data(queued(box, "restart")
                        .add("expectedPassword", "l1LMzm2JGhWYdjjn8JkC")
                        .build());
            }
            case "ipv4Qty" -> {
                var address = "192.0.2." + (250 + box.further.size());
                box.further.add(address);
                return CannedAnswer.of(
                        200,
                        createObjectBuilder()
                                .add("data", createArrayBuilder().add(address))
                                .build());
            }
            case "ipv4" -> {
                box.further.removeAll(recordedCall.body().getJsonArray("ip").getValuesAs(JsonString::getString));
                return CannedAnswer.of(204);
            }
            case "traffic" -> {
                return data(createObjectBuilder()
                        .add(
                                "monthly",
                                createArrayBuilder()
                                        .add(PanelMessages.month(1, 5))
                                        .add(PanelMessages.month(2, 7)))
                        .build());
            }
            case "vnc" -> {
                box.screen = recordedCall.body().getString("action").equals("enable");
                return data(createObjectBuilder()
                        .add("vnc", PanelMessages.vnc())
                        .addNull("queueId")
                        .build());
            }
            default -> {
                return missing();
            }
        }
        return CannedAnswer.of(201);
    }

    private JsonObjectBuilder queued(Box box, String action) {
        jobs.add(new Job(box, action));
        return createObjectBuilder().add("queueId", jobs.size() - 1);
    }

    private static CannedAnswer page(RecordedCall recordedCall, List<JsonObject> all) {
        var size = Math.min(200, Integer.parseInt(recordedCall.query().getOrDefault("results", "20")));
        var page = Integer.parseInt(recordedCall.query().getOrDefault("page", "1"));
        return CannedAnswer.of(200, PanelMessages.page(all, page, size));
    }

    private static CannedAnswer one(List<JsonObject> all, String id) {
        return all.stream()
                .filter(one -> String.valueOf(one.getInt("id")).equals(id))
                .findFirst()
                .map(FakePanel::data)
                .orElseGet(FakePanel::missing);
    }

    private static CannedAnswer data(List<JsonObject> all) {
        return CannedAnswer.of(
                200, createObjectBuilder().add("data", PanelMessages.array(all)).build());
    }

    private static CannedAnswer data(JsonObject one) {
        return CannedAnswer.of(200, createObjectBuilder().add("data", one).build());
    }

    private static CannedAnswer created(JsonObject one) {
        return CannedAnswer.of(201, createObjectBuilder().add("data", one).build());
    }

    private static CannedAnswer refused(String words) {
        return CannedAnswer.of(
                422,
                createObjectBuilder()
                        .add("errors", createArrayBuilder().add(words))
                        .build());
    }

    private static CannedAnswer missing() {
        return CannedAnswer.of(
                404, createObjectBuilder().add("msg", "not found").build());
    }
}
