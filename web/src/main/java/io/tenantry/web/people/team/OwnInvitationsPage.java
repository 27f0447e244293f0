package io.tenantry.web.people.team;

import io.tenantry.people.identity.MemberInvitations;
import io.tenantry.people.identity.OwnInvitation;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Invitations to act for organizations, for the person who can accept or decline them. */
@Named
@RequestScoped
public class OwnInvitationsPage {
    @Inject
    MemberInvitations invitations;

    @Inject
    Format format;

    private @Nullable List<OwnInvitation> all;

    /** Checks that the user may view them: staff who act for a customer may not. */
    public void open() {
        PageResult.load(this::getAll);
    }

    /** Accepts an invitation and redirects to the portal. */
    public void accept(UUID id) {
        PageResult.load(() -> {
            if (invitations.accept(id)) {
                PageResult.go("/portal", format.text("invitations.accepted"));
            } else {
                PageResult.refuse(format.text("invitations.gone"));
                all = null;
            }
        });
    }

    /** Declines an invitation. */
    public void decline(UUID id) {
        PageResult.load(() -> {
            invitations.decline(id);
            PageResult.go("/portal/invitations", format.text("invitations.declined"));
        });
    }

    /** Returns the open invitations, the latest first. */
    public List<OwnInvitation> getAll() {
        var known = all;
        if (known == null) {
            known = invitations.mine();
            all = known;
        }
        return known;
    }

    /** Returns the role, and the member who invited, if it was a member. */
    public String about(OwnInvitation one) {
        var role = format.text("role." + one.role());
        return one.invitedBy()
                .map(name -> format.text("invitations.by", role, name))
                .orElse(role);
    }
}
