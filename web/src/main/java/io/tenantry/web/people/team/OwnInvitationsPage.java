package io.tenantry.web.people.team;

import io.tenantry.people.identity.MemberInvitations;
import io.tenantry.people.identity.OwnInvitation;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.ShownRows;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;

/** Invitations to act for organizations, for the person who can accept or decline them. */
@Named
@ViewScoped
public class OwnInvitationsPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    MemberInvitations invitations;

    @Inject
    Format format;

    private final ShownRows<OwnInvitation> all = new ShownRows<>();

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
                all.forget();
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
        return all.get(invitations::mine);
    }

    /** Returns the role, and the member who invited, if it was a member. */
    public String about(OwnInvitation one) {
        var role = format.text("role." + one.role());
        return one.invitedBy()
                .map(name -> format.text("invitations.by", role, name))
                .orElse(role);
    }
}
