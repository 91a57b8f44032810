/**
 * Canonical forms of everything that a report can name: addresses, accounts, wallets, handles, documents. For anyone who
 * must recognise the same thing written in many ways. Depends on no framework, no database and no network; must never
 * learn what a report, a campaign or an officer is, and never resolves or fetches what it reads.
 */
@NullMarked
package org.sharaka.identifiers;

import org.jspecify.annotations.NullMarked;
