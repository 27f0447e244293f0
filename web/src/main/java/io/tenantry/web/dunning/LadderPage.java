package io.tenantry.web.dunning;

import io.tenantry.dunning.Act;
import io.tenantry.dunning.Dunning;
import io.tenantry.dunning.Dunning.Compared;
import io.tenantry.dunning.Ladder;
import io.tenantry.dunning.Ladders;
import io.tenantry.dunning.Rung;
import io.tenantry.identity.Permission;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ladder in force, and another one to be tried on everybody before it is. */
@Named
@ViewScoped
public class LadderPage implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String HERE = "/staff/ladder";
    private static final int VERSIONS_SHOWN = 5;
    private static final Pattern SEPARATED = Pattern.compile("[,;\\s]+");

    @Inject
    CurrentPerson me;

    @Inject
    Ladders ladders;

    @Inject
    Dunning dunning;

    @Inject
    DebtWords words;

    @Inject
    Fmt fmt;

    private int version;
    private String reminders = "";
    private @Nullable Integer finalNotice;
    private @Nullable Integer suspend;
    private @Nullable Integer terminate;
    private boolean isCharging = true;
    private boolean isTried;
    private transient @Nullable Ladder current;
    private transient @Nullable List<Compared> compared;

    /** Looks at the one in force, if it may be seen. */
    public void open() {
        Visit.look(() -> {
            var known = ladders.current();
            version = known.number();
            current = known.ladder();
            reminders = known.ladder().rungs().stream()
                    .filter(rung -> rung.act() == Act.REMIND)
                    .map(rung -> Integer.toString(rung.days()))
                    .collect(Collectors.joining(", "));
            finalNotice = days(known.ladder(), Act.FINAL_NOTICE);
            suspend = days(known.ladder(), Act.SUSPEND);
            terminate = days(known.ladder(), Act.TERMINATE);
            isCharging = known.ladder().isCharging();
        });
    }

    /** Shows what it would do, and changes nothing. */
    public void dryRun() {
        isTried = false;
        drawn().ifPresent(ladder -> {
            compared = dunning.compare(ladder);
            isTried = true;
        });
    }

    /** Puts it in force. */
    public void publish() {
        isTried = false;
        drawn().ifPresent(ladder -> {
            switch (ladders.publish(version, ladder)) {
                case DONE -> Visit.go(HERE, fmt.text("ladder.done"));
                case UNCHANGED -> Visit.go(HERE, fmt.text("ladder.unchanged"));
                case OUTDATED -> Visit.refuse(fmt.text("ladder.outdated"));
                case INVALID -> Visit.refuse(fmt.text("ladder.invalid"));
            }
        });
    }

    /** As it was filled in; empty, and told why, if that is not possible. */
    private Optional<Ladder> drawn() {
        var rungs = new ArrayList<Rung>();
        for (var part :
                SEPARATED.splitAsStream(reminders).filter(one -> !one.isEmpty()).toList()) {
            if (!part.matches("[0-9]{1,3}")) {
                Visit.refuse("ladder:reminders", fmt.text("ladder.reminders.invalid"));
                return Optional.empty();
            }
            rungs.add(new Rung(Act.REMIND, rungs.size() + 1, Integer.parseInt(part)));
        }
        add(rungs, Act.FINAL_NOTICE, finalNotice);
        add(rungs, Act.SUSPEND, suspend);
        add(rungs, Act.TERMINATE, terminate);
        var ladder = new Ladder(rungs, isCharging);
        ladder.faults().forEach(fault -> Visit.refuse(words.fault(fault)));
        return Optional.of(ladder).filter(one -> one.faults().isEmpty());
    }

    private static void add(List<Rung> rungs, Act act, @Nullable Integer days) {
        if (days != null) {
            rungs.add(new Rung(act, 1, days));
        }
    }

    private static @Nullable Integer days(Ladder ladder, Act act) {
        var found = ladder.find(act);
        return found.isPresent() ? found.get().days() : null;
    }

    /** Whether it may be changed. The use case asks again. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_SETTINGS_MANAGE);
    }

    /** The one in force. */
    public Ladder getCurrent() {
        var known = current;
        if (known == null) {
            known = ladders.current().ladder();
            current = known;
        }
        return known;
    }

    /** A step and the day of the debt on which it comes if each letter goes out at once. */
    public record Step(Rung rung, int day) {}

    /** The steps of the one in force. */
    public List<Step> getSteps() {
        var steps = new ArrayList<Step>();
        var day = 0;
        for (var rung : getCurrent().rungs()) {
            day += rung.days();
            steps.add(new Step(rung, day));
        }
        return steps;
    }

    /** Who made the last ones. */
    public List<Ladders.Made> getMade() {
        return ladders.made(VERSIONS_SHOWN);
    }

    /** Whether it was tried, so that there is something to show. */
    public boolean isTried() {
        return isTried;
    }

    /** What it would do; who is affected first. */
    public List<Compared> getCompared() {
        var known = Objects.requireNonNullElse(compared, List.<Compared>of());
        return known.stream()
                .sorted(Comparator.comparing(one -> !one.isOther()))
                .toList();
    }

    public int getVersion() {
        return version;
    }

    public String getReminders() {
        return reminders;
    }

    public void setReminders(@Nullable String reminders) {
        this.reminders = Objects.requireNonNullElse(reminders, "");
    }

    public @Nullable Integer getFinalNotice() {
        return finalNotice;
    }

    public void setFinalNotice(@Nullable Integer finalNotice) {
        this.finalNotice = finalNotice;
    }

    public @Nullable Integer getSuspend() {
        return suspend;
    }

    public void setSuspend(@Nullable Integer suspend) {
        this.suspend = suspend;
    }

    public boolean isCharging() {
        return isCharging;
    }

    public void setCharging(boolean charging) {
        isCharging = charging;
    }

    public @Nullable Integer getTerminate() {
        return terminate;
    }

    public void setTerminate(@Nullable Integer terminate) {
        this.terminate = terminate;
    }
}
