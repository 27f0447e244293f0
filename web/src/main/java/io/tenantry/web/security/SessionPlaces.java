package io.tenantry.web.security;

import io.tenantry.config.SessionSettings;
import jakarta.servlet.http.HttpSession;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The signed-in sessions of this node by their holders, and which of them must end for another. Whoever has too many loses one: a person the
 * oldest, an organization and a reseller the one that is idle longest. Only if the node has none left does it matter who has most: it ends one of
 * the reseller with most sessions. So no number of accounts at one reseller ends a session of another reseller that has fewer.
 */
final class SessionPlaces {
    /** The limit per person: a few devices, and programs that sign in each time. */
    static final int PERSON_MAX = 20;

    /** Room for the ids of sessions that have ended for others, which explain it to their browsers. */
    private static final int ENDED_MAX = 1_000;

    private final SessionSettings limits;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<String, Boolean> ended = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > ENDED_MAX;
        }
    };

    SessionPlaces(SessionSettings limits) {
        this.limits = limits;
    }

    private record Place(String id, SessionHolder holder, HttpSession session) {
        /** A session that has ended already counts as idle longest. */
        long lastUsed() {
            try {
                return session.getLastAccessedTime();
            } catch (IllegalStateException over) {
                return Long.MIN_VALUE;
            }
        }
    }

    /** Registers a session; returns the one that must end for it. */
    synchronized Optional<HttpSession> keep(SessionHolder holder, HttpSession session) {
        var added = new Place(session.getId(), holder, session);
        places.put(added.id(), added);
        var surplus = surplus(added);
        surplus.ifPresent(place -> {
            places.remove(place.id());
            ended.put(place.id(), true);
        });
        return surplus.map(Place::session);
    }

    private Optional<Place> surplus(Place added) {
        var holder = added.holder();
        if (count(holder::isOfSamePerson) > PERSON_MAX) {
            return places.values().stream()
                    .filter(place -> place.holder().isOfSamePerson(holder))
                    .findFirst();
        }
        if (holder.organization().isPresent() && count(holder::isOfSameGroup) > limits.perOrganization()) {
            return idle(added, holder::isOfSameGroup);
        }
        if (count(holder::isOfSameParty) > limits.perTenant()) {
            return idle(added, holder::isOfSameParty);
        }
        return places.size() > limits.perNode() ? idle(added, any -> true) : Optional.empty();
    }

    private long count(Predicate<SessionHolder> isMeant) {
        return places.values().stream().map(Place::holder).filter(isMeant).count();
    }

    /** Returns the session that is idle longest, of the party with most sessions and there of the organization with most. */
    private Optional<Place> idle(Place added, Predicate<SessionHolder> isMeant) {
        var ofParty = places.values().stream()
                .collect(Collectors.groupingBy(place -> place.holder().party(), Collectors.counting()));
        var ofGroup = places.values().stream()
                .collect(Collectors.groupingBy(place -> group(place.holder()), Collectors.counting()));
        return places.values().stream()
                .filter(place -> !place.id().equals(added.id()) && isMeant.test(place.holder()))
                .map(place -> Map.entry(place.lastUsed(), place))
                .max(Comparator.comparingLong((Map.Entry<Long, Place> entry) ->
                                ofParty.getOrDefault(entry.getValue().holder().party(), 0L))
                        .thenComparingLong(entry ->
                                ofGroup.getOrDefault(group(entry.getValue().holder()), 0L))
                        .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
                .map(Map.Entry::getValue);
    }

    private static String group(SessionHolder holder) {
        return holder.party() + " "
                + holder.organization().map(Object::toString).orElse("");
    }

    /** Removes a session that has ended, or that has another id now; returns its holder. */
    synchronized Optional<SessionHolder> forget(String id) {
        return Optional.ofNullable(places.remove(id)).map(Place::holder);
    }

    synchronized Optional<SessionHolder> holder(String id) {
        return Optional.ofNullable(places.get(id)).map(Place::holder);
    }

    /** Whether that session ended because its holder, or the node, had too many. */
    synchronized boolean isSurplus(String id) {
        return ended.containsKey(id);
    }

    /** Whether more than half of the node's sessions are in use: then each keeps fewer pages. */
    synchronized boolean isCrowded() {
        return places.size() > limits.perNode() / 2;
    }

    /** Returns the parties that have reached their limit. */
    synchronized Set<String> full() {
        var full = new HashSet<String>();
        places.values().stream()
                .collect(Collectors.groupingBy(place -> place.holder().party(), Collectors.counting()))
                .forEach((party, number) -> {
                    if (number >= limits.perTenant()) {
                        full.add(party);
                    }
                });
        return full;
    }

    synchronized int size() {
        return places.size();
    }
}
