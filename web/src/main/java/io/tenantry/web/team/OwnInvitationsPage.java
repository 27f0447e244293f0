package io.tenantry.web.team;

import io.tenantry.identity.MemberInvitations;
import io.tenantry.identity.OwnInvitation;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Invitations to act for organizations, for the person who is to accept or decline them. */
@Named
@RequestScoped
public class OwnInvitationsPage {
    @Inject
    MemberInvitations invitations;

    @Inject
    Fmt fmt;

    private @Nullable List<OwnInvitation> all;

    /** Looks whether one may see them: staff who act for a customer may not. */
    public void open() {
        Visit.look(this::getAll);
    }

    /** Accepts one and goes to the portal. */
    public void accept(UUID id) {
        Visit.look(() -> {
            if (invitations.accept(id)) {
                Visit.go("/portal", fmt.text("invitations.accepted"));
            } else {
                Visit.refuse(fmt.text("invitations.gone"));
                all = null;
            }
        });
    }

    /** Declines one. */
    public void decline(UUID id) {
        Visit.look(() -> {
            invitations.decline(id);
            Visit.go("/portal/invitations", fmt.text("invitations.declined"));
        });
    }

    /** What waits, the latest first. */
    public List<OwnInvitation> getAll() {
        var known = all;
        if (known == null) {
            known = invitations.mine();
            all = known;
        }
        return known;
    }

    /** In which role, and who invited, if it was a member. */
    public String about(OwnInvitation one) {
        var role = fmt.text("role." + one.role());
        return one.invitedBy()
                .map(name -> fmt.text("invitations.by", role, name))
                .orElse(role);
    }
}
