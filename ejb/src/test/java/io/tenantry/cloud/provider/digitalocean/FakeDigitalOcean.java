package io.tenantry.cloud.provider.digitalocean;

import io.tenantry.cloud.provider.FakeProvider;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** DigitalOcean's API v2 as far as the adapter needs it, with its messages. */
final class FakeDigitalOcean extends FakeProvider {
    private final Map<Long, FakeDroplet> droplets = new LinkedHashMap<>();
    private final Map<String, JsonObject> volumes = new LinkedHashMap<>();
    private final Map<String, JsonObject> reserved = new LinkedHashMap<>();
    private final Map<String, Long> assigning = new LinkedHashMap<>();
    private final Map<String, JsonObject> keys = new LinkedHashMap<>();
    private final Map<String, JsonObject> snapshots = new LinkedHashMap<>();
    private final Set<String> tags = new HashSet<>();
    private final Map<String, JsonObject> firewalls = new LinkedHashMap<>();
    private final Deque<CannedAnswer> prepared = new ArrayDeque<>();
    private final FakeActions actions = new FakeActions(this::keepSnapshot);
    private long lastId = 3_164_000;

    /** Sets the response to the next request, whatever it is. */
    synchronized void respondWith(CannedAnswer cannedAnswer) {
        prepared.add(cannedAnswer);
    }

    /** Refuses the next request in DigitalOcean's form. */
    void refuse(int status, String id, String message) {
        respondWith(CannedAnswer.of(status, error(id, message)));
    }

    /** Adds the key to the account. */
    synchronized void storeKey(String line) {
        keep(Json.createObjectBuilder()
                .add("name", "known")
                .add("public_key", line)
                .build());
    }

    /** Adds running droplets of third parties. */
    synchronized void addForeignDroplets(int count) {
        for (var i = 0; i < count; i++) {
            var body = Json.createObjectBuilder()
                    .add("name", "db-" + i)
                    .add("size", "s-1vcpu-1gb")
                    .add("region", "fra1")
                    .add("image", "debian-12-x64")
                    .add("tags", Json.createArrayBuilder().add("svc-not-ours").add("web"))
                    .build();
            var droplet = new FakeDroplet(++lastId, body);
            droplet.status = "active";
            droplets.put(droplet.id, droplet);
        }
    }

    /** Completes all requested operations. */
    synchronized void completeTasks() {
        droplets.values().stream()
                .filter(droplet -> droplet.status.equals("new"))
                .forEach(droplet -> droplet.status = "active");
        actions.completeTasks();
        assigning.forEach((ip, droplet) -> reserved.replace(ip, reservedIp(ip, of(droplet))));
        assigning.clear();
    }

    /** Assigns a reserved IP to that droplet, or to none. */
    synchronized void assign(String ip, Optional<Long> droplet) {
        reserved.replace(
                ip, reservedIp(ip, droplet.<JsonValue>map(FakeDigitalOcean::of).orElse(JsonValue.NULL)));
    }

    synchronized FakeDroplet droplet(String id) {
        return Optional.ofNullable(droplets.get(Long.valueOf(id))).orElseThrow();
    }

    /** Adds a third-party firewall around all droplets with that tag, which admits traffic from this source. */
    synchronized void addFirewall(String name, String tag, String from) {
        var rule = Json.createObjectBuilder()
                .add(
                        "sources",
                        Json.createObjectBuilder()
                                .add("addresses", Json.createArrayBuilder().add(from)));
        keepFirewall(Json.createObjectBuilder()
                .add("name", name)
                .add("tags", Json.createArrayBuilder().add(tag))
                .add("inbound_rules", Json.createArrayBuilder().add(rule))
                .build());
    }

    /** Marks the firewall of that name as pending for that droplet. */
    synchronized void pending(String name, Optional<Long> droplet) {
        var changes = Json.createArrayBuilder();
        droplet.ifPresent(id -> changes.add(Json.createObjectBuilder().add("droplet_id", id)));
        var pending = changes.build();
        firewalls.replaceAll((id, one) -> one.getString("name").equals(name)
                ? Json.createObjectBuilder(one).add("pending_changes", pending).build()
                : one);
    }

    synchronized Collection<JsonObject> firewalls() {
        return List.copyOf(firewalls.values());
    }

    private JsonObject keepFirewall(JsonObject body) {
        var id = new UUID(0xbb4b26113d72467bL, ++lastId).toString();
        var firewall = Json.createObjectBuilder(body).add("id", id).build();
        firewalls.put(id, firewall);
        return firewall;
    }

    private CannedAnswer makeFirewall(JsonObject body) {
        var unknown = body.getJsonArray("tags").getValuesAs(FakeDroplet::text).stream()
                .anyMatch(tag -> !tags.contains(tag));
        if (unknown) {
            return refusal(422, "unprocessable_entity", "tag does not exist");
        }
        if (firewalls.values().stream().anyMatch(one -> one.getString("name").equals(body.getString("name")))) {
            return refusal(409, "conflict", "duplicate name");
        }
        return CannedAnswer.of(202, wrap("firewall", keepFirewall(body)));
    }

    private List<JsonObject> around(FakeDroplet droplet) {
        return firewalls.values().stream()
                .filter(one -> one.getJsonArray("tags").getValuesAs(FakeDroplet::text).stream()
                        .anyMatch(droplet.tags::contains))
                .toList();
    }

    private CannedAnswer tagged(RecordedCall request, String tag) {
        if (!tags.contains(tag)) {
            return missing();
        }
        for (var one : request.body().getJsonArray("resources").getValuesAs(JsonObject.class)) {
            var droplet = droplet(one.getString("resource_id"));
            droplet.tags.remove(tag);
            if (request.method().equals("POST")) {
                droplet.tags.add(tag);
            }
        }
        return CannedAnswer.of(204);
    }

    FakeActions actions() {
        return actions;
    }

    @Override
    protected CannedAnswer answer(RecordedCall request) {
        if (!"Bearer a-good-token".equals(request.headers().get("Authorization"))) {
            return refusal(401, "unauthorized", "Unable to authenticate you.");
        }
        var next = prepared.poll();
        return next != null ? next : answerTo(request);
    }

    private CannedAnswer answerTo(RecordedCall request) {
        var what = request.method() + " " + request.path();
        return switch (what) {
            case "GET /v2/account" -> CannedAnswer.of(200, FakeDigitalOceanCatalog.ACCOUNT);
            case "GET /v2/regions" -> list(request, "regions", FakeDigitalOceanCatalog.REGIONS);
            case "GET /v2/sizes" -> list(request, "sizes", FakeDigitalOceanCatalog.SIZES);
            case "GET /v2/images" -> list(request, "images", FakeDigitalOceanCatalog.IMAGES);
            case "GET /v2/account/keys" -> list(request, "ssh_keys", keys.values());
            case "POST /v2/account/keys" -> addKey(request.body());
            case "GET /v2/droplets" -> list(request, "droplets", found(request.query()));
            case "POST /v2/droplets" -> create(request.body());
            case "GET /v2/volumes" -> list(request, "volumes", foundVolumes(request.query()));
            case "POST /v2/volumes" -> createVolume(request.body());
            case "GET /v2/reserved_ips" -> list(request, "reserved_ips", reserved.values());
            case "POST /v2/reserved_ips" -> reserve(request.body());
            case "GET /v2/firewalls" -> list(request, "firewalls", firewalls.values());
            case "POST /v2/firewalls" -> makeFirewall(request.body());
            case "POST /v2/tags" -> {
                tags.add(request.body().getString("name"));
                yield CannedAnswer.of(201, wrap("tag", request.body()));
            }
            case "GET /v2/snapshots" -> list(request, "snapshots", snapshots.values());
            case "GET /v2/monitoring/metrics/droplet/bandwidth", "GET /v2/monitoring/metrics/droplet/cpu" ->
                CannedAnswer.of(200, FakeDigitalOceanCatalog.NO_RATES);
            default -> below(request, what);
        };
    }

    private CannedAnswer below(RecordedCall request, String what) {
        return match(what, "(GET|DELETE) /v2/account/keys/(.+)")
                .map(path -> key(path.group(1), path.group(2)))
                .or(() -> match(what, "(GET|DELETE) /v2/droplets/([0-9]+)").map(this::one))
                .or(() -> match(what, "GET /v2/droplets/([0-9]+)/firewalls")
                        .map(path -> list(request, "firewalls", around(droplet(path.group(1))))))
                .or(() -> match(what, "GET /v2/tags/([^/]+)")
                        .map(path -> tags.contains(path.group(1))
                                ? CannedAnswer.of(200, wrap("tag", JsonValue.EMPTY_JSON_OBJECT))
                                : missing()))
                .or(() -> match(what, "(POST|DELETE) /v2/tags/([^/]+)/resources")
                        .map(path -> tagged(request, path.group(2))))
                .or(() -> match(what, "GET /v2/droplets/([0-9]+)/backups")
                        .map(path ->
                                list(request, "backups", droplet(path.group(1)).backups())))
                .or(() -> match(what, "GET /v2/droplets/([0-9]+)/backups/policy")
                        .map(path -> CannedAnswer.of(
                                200, wrap("policy", droplet(path.group(1)).policy()))))
                .or(() -> match(what, "DELETE /v2/snapshots/([0-9]+)")
                        .map(path -> snapshots.remove(path.group(1)) == null ? missing() : CannedAnswer.of(204)))
                .or(() -> match(what, "GET /v2/droplets/([0-9]+)/actions")
                        .map(path -> list(request, "actions", actions.of(path.group(1)))))
                .or(() -> match(what, "POST /v2/droplets/([0-9]+)/actions")
                        .map(path -> actions.ask(droplet(path.group(1)), request.body())))
                .or(() -> match(what, "(GET|DELETE) /v2/reserved_ips/([0-9.]+)").map(this::reserved))
                .or(() -> match(what, "GET /v2/actions/([0-9]+)").map(path -> actions.one(path.group(1))))
                .or(() -> match(what, "(GET|DELETE) /v2/volumes/([^/]+)").map(this::volume))
                .or(() -> match(what, "POST /v2/volumes/([^/]+)/actions")
                        .map(path -> actions.ask(volumes, path.group(1), request.body())))
                .or(() -> match(what, "GET /v2/volumes/[^/]+/actions/([0-9]+)").map(path -> actions.one(path.group(1))))
                .orElseGet(FakeDigitalOcean::missing);
    }

    private CannedAnswer create(JsonObject body) {
        var unknown = body.getJsonArray("ssh_keys").getValuesAs(FakeDroplet::text).stream()
                .filter(key -> !keys.containsKey(key))
                .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            return refusal(422, "unprocessable_entity", unknown + " are invalid key identifiers for Droplet creation.");
        }
        var droplet = new FakeDroplet(++lastId, body);
        droplets.put(droplet.id, droplet);
        return CannedAnswer.of(202, wrap("droplet", droplet.json(false)));
    }

    private List<JsonObject> found(Map<String, String> query) {
        return droplets.values().stream()
                .filter(droplet -> !query.containsKey("tag_name") || droplet.tags.contains(query.get("tag_name")))
                .map(droplet -> droplet.json(true))
                .toList();
    }

    /** The snapshot outlives its droplet. */
    private void keepSnapshot(FakeDroplet droplet, String name) {
        var id = String.valueOf(++lastId);
        snapshots.put(
                id,
                Json.createObjectBuilder(FakeDroplet.copy(name, droplet.size))
                        .add("id", id)
                        .add("resource_id", String.valueOf(droplet.id))
                        .add("resource_type", "droplet")
                        .add("tags", JsonValue.EMPTY_JSON_ARRAY)
                        .build());
    }

    private CannedAnswer one(MatchResult path) {
        var id = Long.valueOf(path.group(2));
        var droplet = droplets.get(id);
        if (droplet == null) {
            return missing();
        }
        if (path.group(1).equals("DELETE")) {
            droplets.remove(id);
            return CannedAnswer.of(204);
        }
        return CannedAnswer.of(200, wrap("droplet", droplet.json(true)));
    }

    private CannedAnswer addKey(JsonObject body) {
        return keys.containsKey(DigitalOceanSshKeys.fingerprint(body.getString("public_key")))
                ? refusal(422, "unprocessable_entity", "SSH Key is already in use on your account")
                : CannedAnswer.of(201, wrap("ssh_key", keep(body)));
    }

    private JsonObject keep(JsonObject body) {
        var fingerprint = DigitalOceanSshKeys.fingerprint(body.getString("public_key"));
        var key = Json.createObjectBuilder(body)
                .add("id", ++lastId)
                .add("fingerprint", fingerprint)
                .build();
        keys.put(fingerprint, key);
        return key;
    }

    private CannedAnswer key(String method, String idOrFingerprint) {
        var key = keys.values().stream()
                .filter(one -> one.getString("fingerprint").equals(idOrFingerprint)
                        || String.valueOf(one.getInt("id")).equals(idOrFingerprint))
                .findFirst();
        if (key.isEmpty()) {
            return missing();
        }
        if (method.equals("DELETE")) {
            keys.values().remove(key.get());
            return CannedAnswer.of(204);
        }
        return CannedAnswer.of(200, wrap("ssh_key", key.get()));
    }

    /** The IP is assigned by a separate action. */
    private CannedAnswer reserve(JsonObject body) {
        long droplet = body.getJsonNumber("droplet_id").longValue();
        var isTaken = assigning.containsValue(droplet)
                || reserved.values().stream().anyMatch(ip -> of(droplet).equals(ip.get("droplet")));
        if (isTaken) {
            return refusal(422, "unprocessable_entity", "The droplet already has a reserved IP assigned.");
        }
        var ip = "45.55.96." + ++lastId % 250;
        var made = reservedIp(ip, JsonValue.NULL);
        reserved.put(ip, made);
        assigning.put(ip, droplet);
        return CannedAnswer.of(202, wrap("reserved_ip", made));
    }

    private CannedAnswer reserved(MatchResult path) {
        var ip = reserved.get(path.group(2));
        if (ip == null) {
            return missing();
        }
        if (path.group(1).equals("DELETE")) {
            reserved.remove(path.group(2));
            return CannedAnswer.of(204);
        }
        return CannedAnswer.of(200, wrap("reserved_ip", ip));
    }

    private static JsonObject of(long droplet) {
        return Json.createObjectBuilder().add("id", droplet).build();
    }

    private static JsonObject reservedIp(String ip, JsonValue droplet) {
        return Json.createObjectBuilder()
                .add("ip", ip)
                .add("droplet", droplet)
                .add("locked", false)
                .build();
    }

    private CannedAnswer createVolume(JsonObject body) {
        if (!foundVolumes(Map.of("name", body.getString("name"), "region", body.getString("region")))
                .isEmpty()) {
            return refusal(409, "conflict", "failed to create volume: volume already exists");
        }
        var id = new UUID(0x506f78a4e09811e5L, ++lastId).toString();
        var volume = Json.createObjectBuilder(body)
                .add("id", id)
                .add("region", Json.createObjectBuilder().add("slug", body.getString("region")))
                .add("droplet_ids", JsonValue.EMPTY_JSON_ARRAY)
                .build();
        volumes.put(id, volume);
        return CannedAnswer.of(201, wrap("volume", volume));
    }

    private List<JsonObject> foundVolumes(Map<String, String> query) {
        return volumes.values().stream()
                .filter(volume ->
                        !query.containsKey("name") || volume.getString("name").equals(query.get("name")))
                .filter(volume -> !query.containsKey("region")
                        || volume.getJsonObject("region").getString("slug").equals(query.get("region")))
                .toList();
    }

    private CannedAnswer volume(MatchResult path) {
        var volume = volumes.get(path.group(2));
        if (volume == null) {
            return missing();
        }
        if (path.group(1).equals("DELETE")) {
            volumes.remove(path.group(2));
            return CannedAnswer.of(204);
        }
        return CannedAnswer.of(200, wrap("volume", volume));
    }

    private CannedAnswer list(RecordedCall request, String key, Collection<JsonObject> all) {
        var each = Integer.parseInt(request.query().getOrDefault("per_page", "20"));
        var page = Integer.parseInt(request.query().getOrDefault("page", "1"));
        if (each > 200) {
            return refusal(400, "bad_request", "per_page is above 200");
        }
        var array = Json.createArrayBuilder();
        all.stream().skip((long) each * (page - 1)).limit(each).forEach(array::add);
        var pages = Json.createObjectBuilder();
        if ((long) each * page < all.size()) {
            pages.add("next", base() + request.path() + "?page=" + (page + 1));
        }
        return CannedAnswer.of(
                200,
                Json.createObjectBuilder()
                        .add(key, array)
                        .add("links", Json.createObjectBuilder().add("pages", pages))
                        .add("meta", Json.createObjectBuilder().add("total", all.size()))
                        .build());
    }

    private static Optional<MatchResult> match(String what, String pattern) {
        var matcher = Pattern.compile(pattern).matcher(what);
        return matcher.matches() ? Optional.of(matcher.toMatchResult()) : Optional.empty();
    }

    static CannedAnswer missing() {
        return refusal(404, "not_found", "The resource you requested could not be found.");
    }

    static CannedAnswer refusal(int status, String id, String message) {
        return CannedAnswer.of(status, error(id, message));
    }

    static JsonObject wrap(String key, JsonValue inner) {
        return Json.createObjectBuilder().add(key, inner).build();
    }

    private static JsonObject error(String id, String message) {
        JsonObjectBuilder error = Json.createObjectBuilder().add("id", id).add("message", message);
        return error.add("request_id", "4851a473-1621-42ea-b2f9-5071c0ea8414").build();
    }
}
