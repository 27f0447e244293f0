package io.tenantry.provider.digitalocean;

import io.tenantry.provider.Fields;
import io.tenantry.provider.Power;
import io.tenantry.provider.Progress.Stage;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.StepwiseResize;
import io.tenantry.provider.StepwiseResize.Done;
import io.tenantry.provider.StepwiseResize.Seen;
import io.tenantry.provider.StepwiseResize.Words;
import io.tenantry.provider.Task;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.util.List;

/** Another size of a droplet, in steps: DigitalOcean changes it only while the droplet is off, and leaves it off. */
record Resize(Droplets droplets, Actions actions, Stock stock) implements StepwiseResize.Hands {
    private static final Words WORDS = new Words("shutdown", "power_off", "resize", "power_on");

    Task begin(Clock clock, String dropletId, String size) {
        var droplet = droplets.get(dropletId);
        if (droplet.text("size_slug").equals(size)) {
            return Task.NOTHING;
        }
        judge(stock.sizes(), droplet, size);
        return StepwiseResize.begin(
                this, clock, dropletId, size, droplet.text("status").equals("active"));
    }

    @Override
    public Seen look(String dropletId, long first) {
        var droplet = droplets.get(dropletId);
        var since = actions.since(dropletId, first).stream()
                .map(action -> new Done(action.text("type"), stage(action.text("status"))))
                .toList();
        var off = droplet.text("status").equals("off");
        return new Seen(WORDS, droplet.text("size_slug"), off, droplet.flag("locked"), since);
    }

    @Override
    public long turn(String dropletId, Power power) {
        return actions.begin(dropletId, Actions.of(word(power)).build());
    }

    @Override
    public long change(String dropletId, String size) {
        return actions.begin(dropletId, order(size));
    }

    /** With its disk, which is for good: a plan is sold with a disk, not only with cores and memory. */
    static JsonObject order(String size) {
        return Actions.of(WORDS.change()).add("size", size).add("disk", true).build();
    }

    static String word(Power power) {
        return switch (power) {
            case ON -> WORDS.on();
            case SHUT_DOWN -> WORDS.shutDown();
            case OFF -> WORDS.off();
            case RESTART -> "reboot";
        };
    }

    private static Stage stage(String status) {
        return switch (status) {
            case Actions.COMPLETED -> Stage.DONE;
            case Actions.ERRORED -> Stage.FAILED;
            default -> Stage.RUNNING;
        };
    }

    /** Says before anything is shut down what DigitalOcean would say only afterwards. */
    private static void judge(List<Fields> sizes, Fields droplet, String wanted) {
        var size = sizes.stream()
                .filter(one -> one.text("slug").equals(wanted))
                .findFirst()
                .orElseThrow(() -> new ProviderFailure(Reason.INVALID, "no size " + wanted));
        if (size.whole("disk") < droplet.whole("disk")) {
            throw new ProviderFailure(Reason.INVALID, "the disk of a droplet cannot become smaller");
        }
        if (!size.flag("available")
                || !size.texts("regions").contains(droplet.in("region").text("slug"))) {
            throw new ProviderFailure(Reason.NO_CAPACITY, "size " + wanted + " is not sold in the droplet's region");
        }
    }
}
