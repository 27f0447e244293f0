package io.tenantry.cloud.provider.digitalocean;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The range and measurements of {@link FakeDigitalOcean}, in DigitalOcean's format. */
final class FakeDigitalOceanCatalog {
    static final JsonObject ACCOUNT = json("""
            {"account": {"droplet_limit": 25, "floating_ip_limit": 5, "email": "sammy@example.org", "name": "Sammy",
             "uuid": "b6fr89dbf6d9156cace5f3c78dc9851d957381ef", "email_verified": true, "status": "active",
             "status_message": " ", "team": {"uuid": "5df3e3004a17e242b7c20ca6c9fc25b701a47ece", "name": "Hosts"}}}
            """);

    static final List<JsonObject> REGIONS = List.of(json("""
            {"name": "Frankfurt 1", "slug": "fra1", "available": true, "features": ["backups", "ipv6"],
             "sizes": ["s-1vcpu-1gb", "s-2vcpu-2gb"]}
            """), json("""
            {"name": "New York 2", "slug": "nyc2", "available": false, "features": ["backups"], "sizes": []}
            """));

    static final List<JsonObject> SIZES = List.of(
            size("s-1vcpu-1gb", 25, "1", "6", "0.00892999954521656", "true", "\"fra1\", \"nyc2\""),
            size("s-2vcpu-2gb", 60, "3", "18", "0.02679000049829483", "true", "\"fra1\""),
            size("s-1vcpu-512mb-10gb", 10, "0.5", "4", "0.005949999988079071", "true", "\"fra1\""),
            size("s-8vcpu-16gb", 320, "6", "96", "0.14286", "true", "\"nyc2\""),
            size("s-old", 20, "1", "5", "0.00743999984115362", "false", "\"fra1\""),
            size("s-sold-out", 20, "1", "5", "0.00743999984115362", "true", ""),
            Json.createObjectBuilder(size("gpu-h100x1-80gb", 720, "15", "2263.2", "3.39", "true", "\"fra1\""))
                    .add("gpu_info", Json.createObjectBuilder().add("count", 1))
                    .build());

    static final List<JsonObject> IMAGES = List.of(
            image("debian-12-x64", "12 x64", "Debian", "available", "10"),
            image("centos-7-x64", "7 x64", "CentOS", "retired", "null"),
            image("fedora-99-x64", "99 x64", "Fedora", "pending", "10"));

    static final JsonObject NO_RATES = rates();

    private FakeDigitalOceanCatalog() {}

    /** Returns a monitoring response: a series of values by the second. */
    @SafeVarargs
    static JsonObject rates(Map<Instant, String>... series) {
        var result = Json.createArrayBuilder();
        for (var one : series) {
            JsonArrayBuilder values = Json.createArrayBuilder();
            one.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(sample -> values.add(Json.createArrayBuilder()
                            .add(sample.getKey().getEpochSecond())
                            .add(sample.getValue())));
            result.add(Json.createObjectBuilder()
                    .add("metric", Json.createObjectBuilder().add("interface", "public"))
                    .add("values", values));
        }
        return Json.createObjectBuilder()
                .add("status", "success")
                .add(
                        "data",
                        Json.createObjectBuilder().add("resultType", "matrix").add("result", result))
                .build();
    }

    private static JsonObject size(
            String slug, int disk, String transfer, String monthly, String hourly, String available, String regions) {
        return json("""
                {"slug": "%s", "memory": 1024, "vcpus": 1, "disk": %d, "transfer": %s, "price_monthly": %s,
                 "price_hourly": %s, "available": %s, "description": "Basic", "regions": [%s]}
                """.formatted(slug, disk, transfer, monthly, hourly, available, regions));
    }

    private static JsonObject image(String slug, String name, String distribution, String status, String disk) {
        return json("""
                {"id": 63663980, "name": "%s", "distribution": "%s", "slug": "%s", "public": true, "type": "base",
                 "regions": ["fra1"], "min_disk_size": %s, "size_gigabytes": 2.36, "status": "%s"}
                """.formatted(name, distribution, slug, disk, status));
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
