package org.sharaka.exercise;

import java.util.List;
import java.util.Set;
import org.sharaka.node.access.Role;

/**
 * An invented officer who works on a demo node alone, where a password is enough.
 *
 * @param role the key of the message that tells what the officer does
 */
record DemoOfficer(String login, String name, String unit, String role, Set<Role> roles) {
    /** The same for all, and worth nothing elsewhere: a node that was not started as a demo refuses these officers. */
    static final String PASSWORD = "marrakech-2026";

    static final String WOMEN_AND_CHILDREN = "Women and children";

    /** Who works on the second node. */
    static final List<DemoOfficer> SPANISH = List.of(
            new DemoOfficer("ines", "Inés Arizala", "Cibercrimen", "exercise.demo.analyst", Set.of(Role.ANALYST)),
            new DemoOfficer(
                    "lucia",
                    "Lucía Berrocal",
                    "Oficina central nacional",
                    "exercise.demo.duty",
                    Set.of(Role.BUREAU_DUTY_OFFICER)),
            new DemoOfficer(
                    "pablo",
                    "Pablo Izaguirre",
                    "Inspección",
                    "exercise.demo.oversight",
                    Set.of(Role.COMPLIANCE_OFFICER)));

    static final List<DemoOfficer> ALL = List.of(
            new DemoOfficer("amina", "Amina Tazrouti", "Cybercrime", "exercise.demo.analyst", Set.of(Role.ANALYST)),
            new DemoOfficer(
                    "karim", "Karim Ouazzal", "Cybercrime", "exercise.demo.intake", Set.of(Role.INTAKE_OFFICER)),
            new DemoOfficer(
                    "nadia", "Nadia Lahsini", "Cybercrime", "exercise.demo.investigator", Set.of(Role.INVESTIGATOR)),
            new DemoOfficer(
                    "leila", "Leila Amrani", "Cybercrime", "exercise.demo.supervisor", Set.of(Role.INTAKE_SUPERVISOR)),
            new DemoOfficer(
                    "hind",
                    "Hind Saidi",
                    WOMEN_AND_CHILDREN,
                    "exercise.demo.women-children",
                    Set.of(Role.INTAKE_OFFICER)),
            new DemoOfficer(
                    "omar",
                    "Omar Zerrouk",
                    "Bureau central national",
                    "exercise.demo.duty",
                    Set.of(Role.BUREAU_DUTY_OFFICER)),
            new DemoOfficer(
                    "salma",
                    "Salma Benzarti",
                    "Inspection",
                    "exercise.demo.oversight",
                    Set.of(Role.COMPLIANCE_OFFICER, Role.DATA_PROTECTION_OFFICER)),
            new DemoOfficer(
                    "admin0",
                    "Idriss Amghar",
                    "Informatique",
                    "exercise.demo.administrator",
                    Set.of(Role.NODE_ADMINISTRATOR)));
}
