package io.tenantry.provider.sandbox;

import io.tenantry.provider.Backups.Policy;
import io.tenantry.provider.Fields;
import io.tenantry.provider.sandbox.Machine.BackedUp;
import io.tenantry.provider.sandbox.Machine.Copy;
import io.tenantry.provider.sandbox.Machine.Door;
import io.tenantry.provider.sandbox.Machine.Further;
import io.tenantry.provider.sandbox.Machine.Make;
import io.tenantry.provider.sandbox.Machine.Rescue;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.StringReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;

/** A machine as text, and back. */
final class MachineText {
    private MachineText() {}

    static String write(Machine machine) {
        var names = Json.createObjectBuilder();
        machine.names().forEach(names::add);
        var all = Json.createObjectBuilder()
                .add("id", machine.id())
                .add("account", machine.account())
                .add("created_at", machine.createdAt().toString())
                .add("make", make(machine.make()))
                .add("door", door(machine.door()))
                .add("job", job(machine.job()))
                .add("copies", copies(machine.copies()))
                .add("names", names)
                .add("further", further(machine.further()));
        machine.backedUp()
                .ifPresent(backedUp -> all.add("backups_since", backedUp.since().toString())
                        .add("backups_policy", backedUp.policy().name()));
        return all.build().toString();
    }

    /** @throws io.tenantry.provider.ProviderFailure NOT_UNDERSTOOD with the field's name */
    static Machine read(String text) {
        var all = fields(text);
        var names = new HashMap<String, String>();
        all.maybeIn("names")
                .ifPresent(inner -> inner.object().keySet().forEach(name -> names.put(name, inner.text(name))));
        return new Machine(
                all.text("id"),
                all.text("account"),
                instant(all, "created_at"),
                make(all.in("make")),
                door(all.in("door")),
                job(all.in("job")),
                all.maybeText("backups_since").map(since -> new BackedUp(Instant.parse(since), policy(all))),
                all.each("copies").stream().map(MachineText::copy).toList(),
                names,
                all.each("further").stream().map(MachineText::further).toList());
    }

    /** It was each day before it could be chosen. */
    private static Policy policy(Fields all) {
        return all.maybeText("backups_policy").map(Policy::valueOf).orElse(Policy.DAILY);
    }

    static Fields fields(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return new Fields(reader.readObject());
        }
    }

    static Instant instant(Fields fields, String name) {
        return Instant.parse(fields.text(name));
    }

    static JsonArrayBuilder texts(List<String> texts) {
        return Json.createArrayBuilder(texts);
    }

    private static JsonObjectBuilder make(Make make) {
        return Json.createObjectBuilder()
                .add("mark", make.mark())
                .add("hostname", make.hostname())
                .add("region", make.region())
                .add("size", make.size())
                .add("size_before", make.sizeBefore())
                .add("image", make.image())
                .add("keys", texts(make.keys()));
    }

    private static Make make(Fields make) {
        return new Make(
                make.maybeText("mark").orElse(""),
                make.text("hostname"),
                make.text("region"),
                make.text("size"),
                make.text("size_before"),
                make.text("image"),
                make.texts("keys"));
    }

    private static JsonObjectBuilder door(Door door) {
        var all = Json.createObjectBuilder()
                .add("address", door.address())
                .add("port", door.port())
                .add("host_key", door.hostKey())
                .add("password", door.password())
                .add("cut_off", door.isCutOff());
        door.rescue()
                .ifPresent(rescue -> all.add(
                        "rescue",
                        Json.createObjectBuilder()
                                .add("host_key", rescue.hostKey())
                                .add("keys", texts(rescue.keys()))));
        return all;
    }

    private static Door door(Fields door) {
        return new Door(
                door.text("address"),
                door.whole("port"),
                door.text("host_key"),
                door.maybeText("password").orElse(""),
                door.maybeIn("rescue").map(rescue -> new Rescue(rescue.text("host_key"), rescue.texts("keys"))),
                door.flag("cut_off"));
    }

    private static JsonObjectBuilder job(Job job) {
        return Json.createObjectBuilder()
                .add("number", job.number())
                .add("kind", job.kind().name())
                .add("from", job.from().toString())
                .add("until", job.until().toString())
                .add("failure", job.failure())
                .add("was_on", job.wasOn())
                .add("on", job.on())
                .add("up_since", job.upSince().toString());
    }

    private static Job job(Fields job) {
        return new Job(
                job.whole("number"),
                Job.Kind.valueOf(job.text("kind")),
                instant(job, "from"),
                instant(job, "until"),
                job.maybeText("failure").orElse(""),
                job.flag("was_on"),
                job.flag("on"),
                instant(job, "up_since"));
    }

    private static JsonArrayBuilder further(List<Further> further) {
        var all = Json.createArrayBuilder();
        for (var one : further) {
            all.add(Json.createObjectBuilder()
                    .add("address", one.address())
                    .add("ready_at", one.readyAt().toString()));
        }
        return all;
    }

    private static Further further(Fields further) {
        return new Further(further.text("address"), instant(further, "ready_at"));
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

    private static Copy copy(Fields copy) {
        return new Copy(
                copy.text("id"),
                copy.maybeText("name").orElse(""),
                copy.big("size_mib"),
                instant(copy, "at"),
                instant(copy, "ready_at"));
    }
}
