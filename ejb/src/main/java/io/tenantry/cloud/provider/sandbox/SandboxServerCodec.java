package io.tenantry.cloud.provider.sandbox;

import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.sandbox.SandboxServer.AccessData;
import io.tenantry.cloud.provider.sandbox.SandboxServer.AdditionalAddress;
import io.tenantry.cloud.provider.sandbox.SandboxServer.BackedUp;
import io.tenantry.cloud.provider.sandbox.SandboxServer.Copy;
import io.tenantry.cloud.provider.sandbox.SandboxServer.Rescue;
import io.tenantry.cloud.provider.sandbox.SandboxServer.Specification;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.StringReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;

/** Converts a server to text and back. */
final class SandboxServerCodec {
    private SandboxServerCodec() {}

    static String write(SandboxServer sandboxServer) {
        var names = Json.createObjectBuilder();
        sandboxServer.names().forEach(names::add);
        var all = Json.createObjectBuilder()
                .add("id", sandboxServer.id())
                .add("account", sandboxServer.account())
                .add("created_at", sandboxServer.createdAt().toString())
                .add("make", make(sandboxServer.make()))
                .add("door", accessData(sandboxServer.accessData()))
                .add("job", job(sandboxServer.sandboxJob()))
                .add("copies", copies(sandboxServer.copies()))
                .add("names", names)
                .add("further", additionalAddresses(sandboxServer.additionalAddresses()));
        sandboxServer
                .backedUp()
                .ifPresent(backedUp -> all.add("backups_since", backedUp.since().toString())
                        .add("backups_policy", backedUp.policy().name()));
        return all.build().toString();
    }

    /** @throws io.tenantry.cloud.provider.ProviderFailure INVALID_RESPONSE with the field's name */
    static SandboxServer read(String text) {
        var all = fields(text);
        var names = new HashMap<String, String>();
        all.maybeIn("names")
                .ifPresent(inner -> inner.object().keySet().forEach(name -> names.put(name, inner.text(name))));
        return new SandboxServer(
                all.text("id"),
                all.text("account"),
                instant(all, "created_at"),
                make(all.in("make")),
                accessData(all.in("door")),
                job(all.in("job")),
                all.maybeText("backups_since").map(since -> new BackedUp(Instant.parse(since), policy(all))),
                all.each("copies").stream().map(SandboxServerCodec::copy).toList(),
                names,
                all.each("further").stream()
                        .map(SandboxServerCodec::additionalAddresses)
                        .toList());
    }

    /** Backups were daily before a frequency could be chosen. */
    private static Policy policy(JsonFields all) {
        return all.maybeText("backups_policy").map(Policy::valueOf).orElse(Policy.DAILY);
    }

    static JsonFields fields(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return new JsonFields(reader.readObject());
        }
    }

    static Instant instant(JsonFields jsonFields, String name) {
        return Instant.parse(jsonFields.text(name));
    }

    static JsonArrayBuilder texts(List<String> texts) {
        return Json.createArrayBuilder(texts);
    }

    private static JsonObjectBuilder make(Specification specification) {
        return Json.createObjectBuilder()
                .add("mark", specification.mark())
                .add("hostname", specification.hostname())
                .add("region", specification.region())
                .add("size", specification.size())
                .add("size_before", specification.sizeBefore())
                .add("image", specification.image())
                .add("keys", texts(specification.keys()));
    }

    private static Specification make(JsonFields make) {
        return new Specification(
                make.maybeText("mark").orElse(""),
                make.text("hostname"),
                make.text("region"),
                make.text("size"),
                make.text("size_before"),
                make.text("image"),
                make.texts("keys"));
    }

    private static JsonObjectBuilder accessData(AccessData accessData) {
        var all = Json.createObjectBuilder()
                .add("address", accessData.address())
                .add("port", accessData.port())
                .add("host_key", accessData.hostKey())
                .add("password", accessData.password())
                .add("cut_off", accessData.isCutOff());
        accessData
                .rescue()
                .ifPresent(rescue -> all.add(
                        "rescue",
                        Json.createObjectBuilder()
                                .add("host_key", rescue.hostKey())
                                .add("keys", texts(rescue.keys()))));
        return all;
    }

    private static AccessData accessData(JsonFields accessData) {
        return new AccessData(
                accessData.text("address"),
                accessData.whole("port"),
                accessData.text("host_key"),
                accessData.maybeText("password").orElse(""),
                accessData.maybeIn("rescue").map(rescue -> new Rescue(rescue.text("host_key"), rescue.texts("keys"))),
                accessData.flag("cut_off"));
    }

    private static JsonObjectBuilder job(SandboxJob sandboxJob) {
        return Json.createObjectBuilder()
                .add("number", sandboxJob.number())
                .add("kind", sandboxJob.kind().name())
                .add("from", sandboxJob.from().toString())
                .add("until", sandboxJob.until().toString())
                .add("failure", sandboxJob.failure())
                .add("was_on", sandboxJob.wasOn())
                .add("on", sandboxJob.on())
                .add("up_since", sandboxJob.upSince().toString());
    }

    private static SandboxJob job(JsonFields job) {
        return new SandboxJob(
                job.whole("number"),
                SandboxJob.Kind.valueOf(job.text("kind")),
                instant(job, "from"),
                instant(job, "until"),
                job.maybeText("failure").orElse(""),
                job.flag("was_on"),
                job.flag("on"),
                instant(job, "up_since"));
    }

    private static JsonArrayBuilder additionalAddresses(List<AdditionalAddress> additionalAddresses) {
        var all = Json.createArrayBuilder();
        for (var one : additionalAddresses) {
            all.add(Json.createObjectBuilder()
                    .add("address", one.address())
                    .add("ready_at", one.readyAt().toString()));
        }
        return all;
    }

    private static AdditionalAddress additionalAddresses(JsonFields additionalAddresses) {
        return new AdditionalAddress(additionalAddresses.text("address"), instant(additionalAddresses, "ready_at"));
    }

    private static JsonArrayBuilder copies(List<Copy> copies) {
        var all = Json.createArrayBuilder();
        for (var copy : copies) {
            all.add(Json.createObjectBuilder()
                    .add("id", copy.id())
                    .add("name", copy.name())
                    .add("size_mib", copy.sizeMib())
                    .add("at", copy.at().toString())
                    .add("ready_at", copy.readyAt().toString()));
        }
        return all;
    }

    private static Copy copy(JsonFields copy) {
        return new Copy(
                copy.text("id"),
                copy.maybeText("name").orElse(""),
                copy.big("size_mib"),
                instant(copy, "at"),
                instant(copy, "ready_at"));
    }
}
