package io.tenantry.cloud.provider.linode;

import io.tenantry.cloud.provider.FakeProvider;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A fake Linode with Linode's paths, lists, filters, messages and timing: operations stay in progress until {@link #completeTasks}. */
final class FakeLinode extends FakeProvider {
    private static final Pattern NUMBER = Pattern.compile("(?<=/)[0-9]+(?=/|$)");
    private static final String SERVERS = "/linode/instances";

    final FakeLinodeResources store = new FakeLinodeResources();
    private final FakeServers servers = new FakeServers(store);
    private final FakeVolumes volumes = new FakeVolumes(store);
    private final Deque<CannedAnswer> refusals = new ArrayDeque<>();

    @Override
    public URI base() {
        return URI.create(super.base() + "/v4");
    }

    /** Refuses the next request with this error. */
    synchronized void refuse(int status, String reason) {
        refusals.add(refused(status, reason));
    }

    /** Completes everything in progress. */
    synchronized void completeTasks() {
        store.completeTasks();
    }

    /** Adds running third-party servers. */
    synchronized void addForeignServers(int count) {
        for (var i = 0; i < count; i++) {
            store.server("svc-elsewhere-" + i, List.of("web"), "running");
        }
    }

    /** Returns the body of the last request of that method and path. */
    synchronized JsonObject sent(String method, String path) {
        var all = requests().stream()
                .filter(one -> one.method().equals(method) && one.path().equals("/v4" + path))
                .toList();
        return all.get(all.size() - 1).body();
    }

    /** Returns methods and paths of all requests, without the common path prefix. */
    List<String> calls() {
        return requests().stream()
                .map(one -> one.method() + " " + one.path().substring("/v4".length()))
                .toList();
    }

    @Override
    protected CannedAnswer answer(RecordedCall request) {
        if (!"Bearer a-good-token".equals(request.headers().get("Authorization"))) {
            return refused(401, "Invalid Token");
        }
        var refusal = refusals.poll();
        if (refusal != null) {
            return refusal;
        }
        var path = request.path().substring("/v4".length());
        var numbers = NUMBER.matcher(path)
                .results()
                .map(one -> Long.valueOf(one.group()))
                .toList();
        var shape = NUMBER.matcher(path).replaceAll("#");
        if (shape.startsWith(SERVERS + "/#")) {
            return servers.answer(request, shape.substring((SERVERS + "/#").length()), numbers);
        }
        if (shape.startsWith("/volumes")) {
            return volumes.answer(request, shape, numbers);
        }
        if (shape.startsWith("/networking/firewalls")) {
            return new FakeFirewalls(store).answer(request, shape, numbers);
        }
        return switch (request.method() + " " + shape) {
            case "GET /profile" -> fine("{\"username\": \"reseller\", \"email\": \"ops@example.org\", \"uid\": 7}");
            case "GET /regions" -> list(request, parse(FakeLinodeCatalog.REGIONS));
            case "GET /regions/availability" -> list(request, parse(FakeLinodeCatalog.AVAILABILITY));
            case "GET /linode/types" -> list(request, parse(FakeLinodeCatalog.TYPES));
            case "GET /images" -> list(request, parse(FakeLinodeCatalog.IMAGES));
            case "GET /linode/stackscripts" -> list(request, parse(FakeLinodeCatalog.STACKSCRIPTS));
            case "GET /account/events" -> list(request, store.events);
            case "GET /linode/instances" -> list(request, store.servers.values());
            case "POST /linode/instances" -> servers.create(request.body());
            case "GET /profile/sshkeys" -> list(request, store.keys.values());
            case "POST /profile/sshkeys" -> CannedAnswer.of(200, store.key(request.body()));
            case "DELETE /profile/sshkeys/#" ->
                store.keys.remove(numbers.get(0)) == null
                        ? missing()
                        : CannedAnswer.of(200, JsonValue.EMPTY_JSON_OBJECT);
            default -> missing();
        };
    }

    /** Returns a refusal in Linode's form. */
    static CannedAnswer refused(int status, String reason) {
        var error = Json.createObjectBuilder().add("reason", reason);
        return CannedAnswer.of(
                status,
                Json.createObjectBuilder()
                        .add("errors", Json.createArrayBuilder().add(error))
                        .build());
    }

    static CannedAnswer missing() {
        return refused(404, "Not found");
    }

    static CannedAnswer fine(String json) {
        return CannedAnswer.of(200, object(json));
    }

    static JsonObject object(String json) {
        try (var reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    private static List<JsonObject> parse(String json) {
        try (var reader = Json.createReader(new StringReader(json))) {
            return reader.readArray().getValuesAs(JsonObject.class);
        }
    }

    /** Returns a page of the items that pass the request's filter. */
    static CannedAnswer list(RecordedCall request, Iterable<JsonObject> all) {
        var filter = Optional.ofNullable(request.headers().get("X-filter")).map(FakeLinode::object);
        var passing = new ArrayList<JsonObject>();
        all.forEach(one -> {
            if (filter.map(conditions -> passes(one, conditions)).orElse(true)) {
                passing.add(one);
            }
        });
        if (filter.map(conditions -> conditions.getString("+order", ""))
                .orElse("")
                .equals("desc")) {
            Collections.reverse(passing);
        }
        var size = Integer.parseInt(request.query().getOrDefault("page_size", "100"));
        var page = Integer.parseInt(request.query().getOrDefault("page", "1"));
        var pages = Math.max(1, (passing.size() + size - 1) / size);
        if (size < 25 || size > 500 || page > pages) {
            return refused(400, "Must be 25-500, and a page that there is");
        }
        var data = Json.createArrayBuilder();
        passing.stream().skip((long) (page - 1) * size).limit(size).forEach(data::add);
        return CannedAnswer.of(
                200,
                Json.createObjectBuilder()
                        .add("data", data)
                        .add("page", page)
                        .add("pages", pages)
                        .add("results", passing.size())
                        .build());
    }

    private static boolean passes(JsonObject one, JsonObject conditions) {
        return conditions.entrySet().stream().allMatch(condition -> passes(one, condition));
    }

    private static boolean passes(JsonObject one, Map.Entry<String, JsonValue> condition) {
        return switch (condition.getKey()) {
            case "+order", "+order_by" -> true;
            case "+or" ->
                condition.getValue().asJsonArray().stream().anyMatch(either -> passes(one, either.asJsonObject()));
            case "tags" -> one.getJsonArray("tags").contains(condition.getValue());
            case "entity.id" ->
                condition.getValue().equals(one.getJsonObject("entity").get("id"));
            default -> condition.getValue().equals(one.get(condition.getKey()));
        };
    }

    /** Returns a text of an object, if present. */
    static Optional<String> text(JsonObject object, String name) {
        return Stream.ofNullable(object.get(name))
                .filter(JsonString.class::isInstance)
                .map(value -> ((JsonString) value).getString())
                .findFirst();
    }
}
