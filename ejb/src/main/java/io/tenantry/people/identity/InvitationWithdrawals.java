package io.tenantry.people.identity;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Withdraws a person's invitations once that person's account or the key in use may have been in other hands: open invitations of
 * organizations, links with which new people choose a password, and roles of staff whose people have not chosen one. What was accepted stays.
 * Inviting waits for withdrawing, and vice versa ({@link Invitations#lockMaker}). Links of invitations stay: they do not work without theirs.
 * Everything is changed before anything is recorded, and this should be the last step of its use case ({@link AuditTrail}). Checks no
 * permission.
 */
@Dependent
class InvitationWithdrawals {
    private static final String OF_PERSON = "${column} = ?";

    private static final String OF_REVOKED_KEYS =
            "${column} in (select k.id from api_key k where k.person_id = ? and k.revoked_at is not null)";

    /** In the order of their ids, so that two transactions withdrawing the same ones wait for each other. */
    private static final String CLOSE = """
            with chosen as (
                select i.id
                  from membership_invitation i
                 where i.state = 'OPEN'
                   and ${which}
                 order by i.id
                   for no key update)
            update membership_invitation i
               set state = 'WITHDRAWN', decided_at = now()
              from chosen
             where i.id = chosen.id
            returning i.id, i.organization_id as place, i.role
            """;

    private static final String END_LINKS = """
            update one_time_link l
               set used_at = now()
             where l.purpose = 'INVITE'
               and l.invitation_id is null
               and l.used_at is null
               and l.expires_at > now()
               and ${which}
            returning l.person_id
            """;

    private static final String END_ROLES = """
            delete from staff_member s
             where not exists (select from credential c where c.person_id = s.person_id)
               and ${which}
            returning s.person_id, s.role
            """;

    @Inject
    Sql sql;

    @Inject
    AuditTrail audit;

    private record WithdrawnItem(String action, String kind, UUID subject, Map<String, ?> facts) {}

    /** Withdraws everything made by the person, who is locked ({@link Accounts#lock}). */
    void ofPerson(UUID personId) {
        end(personId, OF_PERSON, "invited_by", "created_by", "invited_by");
    }

    /** Withdraws everything made with revoked keys of the person. */
    void ofRevokedKeys(UUID personId) {
        end(personId, OF_REVOKED_KEYS, "created_with", "created_with", "invited_with");
    }

    /** Withdraws the person's invitations that the present role does not permit: they would become valid again with the previous role. */
    void beyondRole(UUID personId) {
        closed("i.invited_by = ? and not " + PendingMembers.MAKER_MAY, personId).forEach(this::record);
    }

    private void end(UUID personId, String which, String invitation, String link, String role) {
        var ended = closed(which.replace("${column}", "i." + invitation), personId);
        ended.addAll(sql.query(
                END_LINKS.replace("${which}", which.replace("${column}", "l." + link)),
                row -> new WithdrawnItem("person.link_withdrawn", "person", row.uuid("person_id"), Map.of()),
                personId));
        ended.addAll(sql.query(
                END_ROLES.replace("${which}", which.replace("${column}", "s." + role)),
                row -> new WithdrawnItem(
                        "staff.invitation_withdrawn",
                        "person",
                        row.uuid("person_id"),
                        Map.of("role", row.text("role"))),
                personId));
        ended.forEach(this::record);
    }

    private List<WithdrawnItem> closed(String which, UUID personId) {
        return new ArrayList<>(sql.query(
                CLOSE.replace("${which}", which),
                row -> new WithdrawnItem(
                        "member.invitation_withdrawn",
                        "organization",
                        row.uuid("place"),
                        Map.of("invitation", row.uuid("id"), "role", row.text("role"), "inviter", personId)),
                personId));
    }

    private void record(WithdrawnItem one) {
        audit.record(one.action(), one.kind(), one.subject().toString(), one.facts());
    }
}
