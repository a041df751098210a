/**
 * Taxis who jam each other in a city of two zones, A-Taxi (SYMM App. E.2): a {@link mfg.envs.taxi.City} is what all of them share,
 * {@link mfg.envs.taxi.TaxiSimulator} has them drive, {@link mfg.envs.taxi.OneTaxi} one of them among others who do not react.
 */
@NullMarked
package mfg.envs.taxi;

import org.jspecify.annotations.NullMarked;
