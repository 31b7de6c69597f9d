"""监督：暂停、责令改正、撤销，以及对退回的申诉 — decisions from outside, and appeals against a refusal.

``orders.py`` puts the document of the street, a court or an authority on record and moves the matter;
``appealing.py`` one appeal against a return, decided by an overseer who did not screen it, passed on to the
street by the clock when nobody decides.
Law: 城市居民委员会组织法 (2025) 40; 民法典 280; 物业管理条例 19. The days of an appeal are our own choice.
"""
