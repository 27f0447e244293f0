package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.Booked;
import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The reseller's names, as banks write them: without the legal form, in another order, cut off, or with an address. */
final class OwnName {
    private static final int CUT_MIN = 20;
    private static final int WORDS_MIN = 3;
    private static final Set<String> LEGAL = DoubtfulTerms.words(
            "gmbh,mbh,ag,ug,haftungsbeschränkt,kg,kgaa,ohg,gbr,se,ek,e,k,co,und,and,ltd,limited,llc,llp,plc,inc,corp,bv,b,v,nv,sarl,sas,sasu,sa,srl,spa,sl,slu,lda,oy,ab,as,aps,sp,z,o,oo,sro,kft");

    private final List<String> names;

    OwnName(Collection<String> names) {
        this.names = names.stream()
                .map(DoubtfulTerms::fold)
                .filter(name -> !core(name).isEmpty())
                .distinct()
                .toList();
    }

    /** Whether a party's name is one of the reseller's. */
    boolean is(String party) {
        if (names.isEmpty() || party.isEmpty()) {
            return false;
        }
        var folded = DoubtfulTerms.fold(party);
        var core = core(folded);
        return !core.isEmpty() && names.stream().anyMatch(own -> is(own, folded, core));
    }

    private static boolean is(String own, String folded, String core) {
        return core(own).equals(core)
                || (folded.length() >= CUT_MIN && own.startsWith(folded))
                || (own.split(" ", -1).length >= WORDS_MIN && DoubtfulTerms.startsWith(folded, own));
    }

    private static String core(String folded) {
        return Arrays.stream(folded.split(" ", -1))
                .filter(word -> !word.isEmpty() && !LEGAL.contains(word))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /** Reviews incoming money from the reseller: it is moved between accounts, whether or not the other account is known. */
    void review(List<StatementRow> judged) {
        judged.replaceAll(row -> row instanceof Booked booked
                        && booked.transaction().amount().signum() > 0
                        && is(booked.transaction().payer())
                ? RunningBalance.review(booked, ReviewReason.INTERNAL, true)
                : row);
    }
}
