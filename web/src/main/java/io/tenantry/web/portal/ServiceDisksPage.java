package io.tenantry.web.portal;

import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.options.OptionList;
import io.tenantry.options.OptionOutcome;
import io.tenantry.options.Terms;
import io.tenantry.options.VolumeOrders;
import io.tenantry.provisioning.Services;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The disks of a server, and a further one: what it costs is seen before it is ordered, and it is ordered once, however often it is sent. */
@Named
@ViewScoped
public class ServiceDisksPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentOrganization organization;

    @Inject
    Services services;

    @Inject
    OptionList options;

    @Inject
    VolumeOrders volumes;

    @Inject
    Access access;

    @Inject
    CurrentPerson me;

    @Inject
    OptionWords words;

    @Inject
    Fmt fmt;

    private @Nullable String parameter;
    private @Nullable UUID id;
    private @Nullable UUID seenPrice;
    private UUID wish = UUID.randomUUID();
    private String name = "";
    private String size = "";
    private transient Services.@Nullable Summary service;
    private transient OptionList.@Nullable Choice choice;
    private transient @Nullable List<OptionList.Shown> disks;

    /** Looks at the server, if it may be seen. */
    public void open() {
        Visit.look(() -> {
            var known = Visit.id("service", parameter);
            service = services.one(known);
            organization.show(getService().organizationId());
            id = known;
            seenPrice = getChoice().offer().map(Terms.Offer::priceId).orElse(null);
        });
    }

    public Services.Summary getService() {
        var known = service;
        if (known == null) {
            known = services.one(known());
            service = known;
        }
        return known;
    }

    /** What can be had there, and for how much. */
    public OptionList.Choice getChoice() {
        var known = choice;
        if (known == null) {
            known = options.volumeChoice(known());
            choice = known;
        }
        return known;
    }

    /** Its disks, and those that could be attached to it. */
    public List<OptionList.Shown> getDisks() {
        var known = disks;
        if (known == null) {
            known = options.volumesOf(known());
            disks = known;
        }
        return known;
    }

    /** The sizes to choose from, with their prices. */
    public List<OptionWords.Size> getSizes() {
        return words.sizes(getChoice().offer(), 0);
    }

    /** Whether a further one can be ordered here by this person. */
    public boolean isOrderable() {
        return getChoice().isThere() && getChoice().offer().isPresent() && isOrdering();
    }

    /** Whether there is nothing of the kind for this server, whoever asks. */
    public boolean isElsewhere() {
        return !getChoice().isThere() || getChoice().offer().isEmpty();
    }

    private boolean isOrdering() {
        return access.allowsIn(getService().organizationId(), Permission.VPS_CREATE);
    }

    /** Orders one; repeated, it is the same. */
    public void add() {
        var price = seenPrice;
        if (price == null) {
            Visit.refuse(fmt.text("option.not-offered"));
            return;
        }
        if (!size.matches("\\d{1,6}")) {
            Visit.refuse(fmt.text("disks.choose"));
            return;
        }
        var outcome = volumes.create(wish, known(), name, Integer.parseInt(size), price);
        if (outcome instanceof OptionOutcome.Done) {
            Visit.go(here(), fmt.text("disks.ordered", name.strip()));
            return;
        }
        wish = UUID.randomUUID();
        choice = null;
        seenPrice = getChoice().offer().map(Terms.Offer::priceId).orElse(null);
        words.refuse(outcome);
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = Objects.requireNonNullElse(name, "");
    }

    public String getSize() {
        return size;
    }

    public void setSize(@Nullable String size) {
        this.size = Objects.requireNonNullElse(size, "").strip();
    }

    private String here() {
        return (me.isStaff() ? "/staff/service-disks?id=" : "/portal/service-disks?id=") + known();
    }

    private UUID known() {
        return Visit.opened(id);
    }
}
